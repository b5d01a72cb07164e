package dev.fleetline.thingspacesimulator.lines;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.faults.LineSettings;
import dev.fleetline.thingspacesimulator.lines.DeviceIds.Kind;
import dev.fleetline.thingspacesimulator.m2m.CallbackContent.Deed;
import dev.fleetline.thingspacesimulator.m2m.CallbackContent.Subject;
import dev.fleetline.thingspacesimulator.web.Json;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** All lines of the account, and what was done for each device, deletions notwithstanding. */
public final class LineBook {

    private final InstantSource clock;
    private final Account account = new Account();
    private final Map<String, Doings> doings = new HashMap<>();
    private final Set<String> unheardOf = new HashSet<>();

    /** An empty account, in a world whose device database has every device. */
    public LineBook(InstantSource clock) {
        this.clock = clock;
    }

    /** A page of a list. */
    record Page(List<ObjectNode> devices, boolean isLast) {}

    /** What the platform says to each of the devices, of which it takes in those that it can. */
    synchronized List<String> add(List<DeviceIds> devices, Terms terms) {
        return devices.stream().map(ids -> add(ids, terms)).toList();
    }

    private String add(DeviceIds ids, Terms terms) {
        Optional<String> imei = ids.the(Kind.IMEI);
        if (!ids.areWellFormed() || imei.isEmpty()) {
            return "A device identifier is not valid for its kind";
        }
        if (unheardOf.contains(Account.key(imei.get()))) {
            return "The device is not in the device database";
        }
        if (account.find(ids).isPresent()) {
            return "The device is already in the account";
        }
        if (account.isSimInUse(ids)) {
            return "The SIM is in use by another device";
        }
        create(ids, imei.get()).take(terms);
        return "Success";
    }

    /**
     * Accepts an order for each device, also where nothing will come of it.
     *
     * @throws dev.fleetline.thingspacesimulator.web.Refusal when the whole request is to be refused
     */
    synchronized List<Order> place(
            String requestId,
            Deed deed,
            List<DeviceIds> devices,
            Terms terms,
            boolean isRemoval,
            LineSettings settings) {
        devices.forEach(ids -> check(deed, ids, settings.limits().alreadyActiveAtOnce()));
        if (devices.stream().allMatch(ids -> isSpent(ids, settings.limits().lineActions()))) {
            throw Refused.NO_ACTIONS_LEFT.refusal();
        }
        List<Order> orders = new ArrayList<>();
        for (DeviceIds ids : devices) {
            Optional<Line> found = account.find(ids);
            String imei = found.map(Line::imei).or(() -> ids.the(Kind.IMEI)).orElse("");
            Doings done = doingsOf(imei);
            Optional<Refused> refused = isSpent(ids, settings.limits().lineActions())
                    ? Optional.of(Refused.NO_ACTIONS_LEFT)
                    : obstacle(deed, found, ids);
            int number;
            if (refused.isPresent()) {
                number = done.refuse();
            } else {
                number = done.open(requestId, today());
                begin(deed, found.orElseGet(() -> create(ids, imei)), ids, terms);
            }
            Subject subject = account.find(ids)
                    .map(Line::subject)
                    .orElseGet(() -> new Subject(imei, ids.the(Kind.ICCID).orElse(""), "", ""));
            orders.add(new Order(
                    requestId, deed, subject, terms, Fate.of(settings, deed, imei, number), refused, isRemoval));
        }
        return orders;
    }

    /** What stands against a whole request. */
    private void check(Deed deed, DeviceIds ids, boolean isStateChecked) {
        if (!ids.areWellFormed()) {
            throw Refused.WRONG_IDENTIFIER.refusal();
        }
        Optional<Line> found = account.find(ids);
        if (deed == Deed.ACTIVATE) {
            if (found.isEmpty()
                    && (ids.the(Kind.IMEI).isEmpty() || ids.the(Kind.ICCID).isEmpty())) {
                throw Refused.WRONG_IDENTIFIER.refusal();
            }
            if (isStateChecked
                    && found.filter(line -> line.state() == LineState.ACTIVE).isPresent()) {
                throw Refused.ALREADY_ACTIVE.refusal();
            }
            return;
        }
        Line line = found.orElseThrow(Refused.NOT_FOUND::refusal);
        if (!allows(line.state(), deed)) {
            throw Refused.WRONG_STATE.refusal();
        }
    }

    private static boolean allows(LineState state, Deed deed) {
        return switch (deed) {
            case ACTIVATE -> state != LineState.SUSPEND && state != LineState.PENDING_DEACTIVATION;
            case SUSPEND -> state == LineState.ACTIVE;
            case RESTORE -> state == LineState.SUSPEND;
            case DEACTIVATE -> state == LineState.ACTIVE || state == LineState.SUSPEND;
            case CHANGE_IDENTIFIER, CHANGE_PLAN -> false;
        };
    }

    /** What stands against one device of a request. */
    private Optional<Refused> obstacle(Deed deed, Optional<Line> found, DeviceIds ids) {
        if (found.isEmpty() && isUnheardOf(ids)) {
            return Optional.of(Refused.NOT_FOUND);
        }
        if (found.filter(line -> !allows(line.state(), deed)).isPresent()) {
            return Optional.of(Refused.WRONG_STATE);
        }
        return account.isSimInUse(ids) ? Optional.of(Refused.SIM_IN_USE) : Optional.empty();
    }

    private void begin(Deed deed, Line line, DeviceIds ids, Terms terms) {
        if (deed == Deed.DEACTIVATE) {
            line.become(LineState.PENDING_DEACTIVATION);
        }
        if (deed == Deed.ACTIVATE) {
            boolean isOff = line.state() == LineState.PREACTIVE || line.state() == LineState.DEACTIVE;
            doingsOf(line.imei()).activation(!isOff);
            if (isOff) {
                ids.the(Kind.ICCID).ifPresent(iccid -> account.putIn(line, iccid));
                line.take(terms);
                line.become(LineState.PENDING_ACTIVATION);
            }
        }
    }

    /** Carries out what was ordered, if that is still possible. */
    synchronized Ending end(Order order, Instant at) {
        doingsOf(order.imei()).close(order.requestId());
        Optional<Line> found = account.of(order.imei());
        if (order.refused().isPresent()) {
            return new Ending.Failed(order.subject(), order.refused().get());
        }
        if (found.isEmpty()) {
            return new Ending.Failed(order.subject(), Refused.NOT_FOUND);
        }
        Line line = found.get();
        return switch (order.deed()) {
            case ACTIVATE -> endActivation(order, line, at);
            case DEACTIVATE -> {
                Subject before = line.subject();
                account.takeOff(line);
                if (order.isRemoval()) {
                    account.remove(line);
                }
                yield new Ending.Done(before);
            }
            case SUSPEND -> endIf(line, LineState.ACTIVE, LineState.SUSPEND);
            case RESTORE -> endIf(line, LineState.SUSPEND, LineState.ACTIVE);
            case CHANGE_IDENTIFIER, CHANGE_PLAN -> throw new IllegalStateException("nobody can order " + order.deed());
        };
    }

    private Ending endActivation(Order order, Line line, Instant at) {
        if (line.state() == LineState.ACTIVE) {
            return new Ending.Failed(line.subject(), Refused.ALREADY_ACTIVE);
        }
        if (!allows(line.state(), Deed.ACTIVATE)) {
            return new Ending.Failed(line.subject(), Refused.WRONG_STATE);
        }
        return switch (order.fate().end()) {
            case FAILED -> {
                line.deactivate();
                yield new Ending.Failed(line.subject(), Refused.NETWORK);
            }
            case ALREADY_ACTIVE -> {
                line.take(order.terms());
                putOn(line, at);
                yield new Ending.Failed(line.subject(), Refused.ALREADY_ACTIVE);
            }
            case WELL, STUCK -> {
                line.take(order.terms());
                putOn(line, at);
                yield new Ending.Done(line.subject());
            }
        };
    }

    private static Ending endIf(Line line, LineState from, LineState to) {
        if (line.state() != from) {
            return new Ending.Failed(line.subject(), Refused.WRONG_STATE);
        }
        line.become(to);
        return new Ending.Done(line.subject());
    }

    /** Whether a device could be activated now, and why not. */
    synchronized Optional<Refused> unavailability(DeviceIds ids) {
        if (isUnheardOf(ids)) {
            return Optional.of(Refused.NOT_FOUND);
        }
        if (account.isSimInUse(ids)) {
            return Optional.of(Refused.SIM_IN_USE);
        }
        return account.find(ids)
                .filter(line -> line.state() == LineState.ACTIVE)
                .map(_ -> Refused.ALREADY_ACTIVE);
    }

    /** Takes a device out of the account, if it is off the network; else the text says why not. */
    synchronized Optional<String> delete(DeviceIds ids) {
        Optional<Line> found = account.find(ids);
        if (found.isEmpty()) {
            return Optional.of("The device is not found");
        }
        if (found.get().state() != LineState.DEACTIVE) {
            return Optional.of("The device is not deactive");
        }
        account.remove(found.get());
        return Optional.empty();
    }

    /** The one device. */
    synchronized Optional<ObjectNode> one(DeviceIds ids) {
        return account.find(ids).map(line -> line.toJson(clock.instant(), true));
    }

    /** The next devices, in the order of their ids. */
    synchronized Page list(ListQuery query) {
        Instant now = clock.instant();
        List<Line> found = account.lines().stream()
                .filter(line ->
                        line.deviceId() > query.after() && query.wanted().test(line))
                .limit(query.most() + 1L)
                .toList();
        return new Page(
                found.stream()
                        .limit(query.most())
                        .map(line -> line.toJson(now, false))
                        .toList(),
                found.size() <= query.most());
    }

    /** What somebody does in the portal, who tells nobody. */
    public sealed interface Edit {
        /** Changes the state, whatever it was. */
        record State(LineState state) implements Edit {}

        /** Puts another card in. */
        record Sim(String iccid) implements Edit {}

        /** Takes the device out of the account. */
        record Removal() implements Edit {}

        /** The device comes onto the network, or leaves it. */
        record Connection(boolean on) implements Edit {}
    }

    /** Edits the device of that IMEI; false when there is none, or the card is in another. */
    public synchronized boolean edit(String imei, Edit edit) {
        Optional<Line> found = account.of(imei);
        if (found.isEmpty()) {
            return false;
        }
        Line line = found.get();
        switch (edit) {
            case Edit.State(var state) -> set(line, state);
            case Edit.Sim(var iccid) -> {
                if (account.hasSim(iccid)) {
                    return false;
                }
                account.putIn(line, iccid);
            }
            case Edit.Removal _ -> account.remove(line);
            case Edit.Connection(var on) -> line.connect(on, clock.instant());
        }
        return true;
    }

    private void set(Line line, LineState state) {
        switch (state) {
            case ACTIVE -> {
                if (line.mdn().isEmpty()) {
                    putOn(line, clock.instant());
                }
                line.become(LineState.ACTIVE);
            }
            case PREACTIVE, DEACTIVE -> {
                account.takeOff(line);
                line.become(state);
            }
            case SUSPEND, PENDING_ACTIVATION, PENDING_DEACTIVATION -> line.become(state);
        }
    }

    /** Says whether the platform's device database has the device. */
    public synchronized void hearOf(String imei, boolean isKnown) {
        if (isKnown) {
            unheardOf.remove(Account.key(imei));
        } else {
            unheardOf.add(Account.key(imei));
        }
    }

    /** One device as the control API shows it, also when it is gone; empty when nobody ever asked for it. */
    public synchronized Optional<ObjectNode> view(String imei) {
        Optional<Line> line = account.of(imei);
        Optional<Doings> done = Optional.ofNullable(doings.get(Account.key(imei)));
        if (line.isEmpty() && done.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode view = Json.object().put("imei", imei);
        line.ifPresent(there -> {
            there.iccid().ifPresent(iccid -> view.put("iccid", iccid));
            there.mdn().ifPresent(mdn -> view.put("mdn", mdn));
            there.servicePlan().ifPresent(plan -> view.put("servicePlan", plan));
            view.put("deviceId", there.deviceId()).put("state", there.state().spelling());
        });
        view.put("inAccount", line.isPresent()).put("inDatabase", !unheardOf.contains(Account.key(imei)));
        view.setAll(done.orElseGet(Doings::new).toJson(today()));
        return Optional.of(view);
    }

    /** The account at a glance. */
    public synchronized ObjectNode toJson() {
        ObjectNode json = Json.object().put("devices", account.lines().size());
        Map<String, Integer> states = new TreeMap<>();
        account.lines().forEach(line -> states.merge(line.state().spelling(), 1, Integer::sum));
        states.forEach(json.putObject("states")::put);
        Map<Integer, Integer> perDevice = new TreeMap<>();
        doings.values().forEach(done -> perDevice.merge(done.activations(), 1, Integer::sum));
        json.put(
                "activations",
                doings.values().stream().mapToInt(Doings::activations).sum());
        ObjectNode counts = json.putObject("devicesByActivations");
        perDevice.forEach((activations, devices) -> counts.put(activations.toString(), devices));
        return json.put(
                        "duplicates",
                        doings.values().stream().mapToInt(Doings::duplicates).sum())
                .put(
                        "refused",
                        doings.values().stream().mapToInt(Doings::refused).sum())
                .put("open", doings.values().stream().mapToInt(Doings::open).sum());
    }

    private boolean isUnheardOf(DeviceIds ids) {
        return ids.the(Kind.IMEI)
                .filter(imei -> unheardOf.contains(Account.key(imei)))
                .isPresent();
    }

    private boolean isSpent(DeviceIds ids, int actions) {
        return actions > 0
                && account.find(ids)
                        .map(line -> doingsOf(line.imei()).actionsOn(today()) >= actions)
                        .orElse(false);
    }

    private Line create(DeviceIds ids, String imei) {
        Line line = account.create(ids, imei, clock.instant());
        var _ = doingsOf(imei);
        return line;
    }

    private void putOn(Line line, Instant at) {
        account.putOn(line, at, doingsOf(line.imei()).nextNumber());
    }

    private Doings doingsOf(String imei) {
        return doings.computeIfAbsent(Account.key(imei), _ -> new Doings());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
