package dev.fleetline.thingspacesimulator.lines;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.clock.Agenda;
import dev.fleetline.thingspacesimulator.faults.Faults;
import dev.fleetline.thingspacesimulator.faults.LineSettings;
import dev.fleetline.thingspacesimulator.lines.DeviceIds.Kind;
import dev.fleetline.thingspacesimulator.m2m.Callback;
import dev.fleetline.thingspacesimulator.m2m.CallbackContent;
import dev.fleetline.thingspacesimulator.m2m.CallbackContent.Deed;
import dev.fleetline.thingspacesimulator.m2m.CallbackContent.Subject;
import dev.fleetline.thingspacesimulator.m2m.Callbacks;
import dev.fleetline.thingspacesimulator.web.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What was accepted and ends later: one request, one id, and for each of its devices an end of its own, which changes the line
 * and is told to CarrierService. What may happen to the telling does not change the line.
 */
public final class Orders {

    private static final String CARRIER_SERVICE = "CarrierService";
    private static final String DEVICE_SERVICE = "DeviceService";

    /** Between two callbacks that contradict each other. */
    private static final Duration CONTRADICTED_AFTER = Duration.ofMinutes(10);

    private final LineBook lines;
    private final Callbacks callbacks;
    private final Faults faults;
    private final Agenda agenda;
    private final InstantSource clock;
    private final Supplier<UUID> ids;
    private final Map<String, Progress> requests = new LinkedHashMap<>();
    private final Map<Fate.Telling, Integer> told = new EnumMap<>(Fate.Telling.class);

    /** No orders yet for the lines of that book. */
    public Orders(
            LineBook lines,
            Callbacks callbacks,
            Faults faults,
            Agenda agenda,
            InstantSource clock,
            Supplier<UUID> ids) {
        this.lines = lines;
        this.callbacks = callbacks;
        this.faults = faults;
        this.agenda = agenda;
        this.clock = clock;
        this.ids = ids;
    }

    /** How far a request is. */
    private record Progress(int open, boolean hasFailed) {

        Progress ended(boolean badly) {
            return new Progress(open - 1, hasFailed || badly);
        }

        String spelling() {
            if (open > 0) {
                return "Pending";
            }
            return hasFailed ? "Failure" : "Success";
        }
    }

    /** Accepts a request and returns its id. */
    String place(Deed deed, List<DeviceIds> devices, Terms terms, boolean isRemoval) {
        String requestId = ids.get().toString();
        Instant now = clock.instant();
        List<Order> orders = lines.place(
                requestId, deed, devices, terms, isRemoval, faults.settings().lines());
        begin(requestId, orders.size());
        for (Order order : orders) {
            if (order.refused().isPresent() || order.fate().end() != Fate.End.STUCK) {
                agenda.at(now.plus(order.fate().delay()), due -> end(order, due));
            }
        }
        return requestId;
    }

    /** Accepts a question about devices, each of which is answered by a callback, and returns its id. */
    String ask(List<DeviceIds> devices) {
        String requestId = ids.get().toString();
        Instant due = clock.instant().plus(faults.settings().lines().delayLeast());
        begin(requestId, devices.size());
        devices.forEach(device -> agenda.at(due, at -> answer(requestId, device, at)));
        return requestId;
    }

    /** How far a request is, in the platform's words. */
    synchronized Optional<String> status(String requestId) {
        return Optional.ofNullable(requests.get(requestId)).map(Progress::spelling);
    }

    /** The numbers so far, as the control API shows them. */
    public synchronized ObjectNode toJson() {
        ObjectNode json = Json.object().put("requests", requests.size());
        json.put(
                "openRequests",
                requests.values().stream().filter(progress -> progress.open > 0).count());
        ObjectNode tellings = json.putObject("told");
        for (Fate.Telling telling : Fate.Telling.values()) {
            tellings.put(telling.spelling(), told.getOrDefault(telling, 0));
        }
        return json;
    }

    private synchronized void begin(String requestId, int devices) {
        requests.put(requestId, new Progress(devices, false));
    }

    private synchronized void ended(String requestId, boolean badly) {
        requests.computeIfPresent(requestId, (_, progress) -> progress.ended(badly));
    }

    private synchronized void count(Fate.Telling telling) {
        told.merge(telling, 1, Integer::sum);
    }

    private void end(Order order, Instant due) {
        Ending truth = lines.end(order, due);
        ended(order.requestId(), truth instanceof Ending.Failed);
        count(order.fate().telling());
        LineSettings.Tellings settings = faults.settings().lines().tellings();
        switch (order.fate().telling()) {
            case ONCE -> tell(order, truth, due);
            case LOST -> {
                // nobody will hear of it: whoever waits has to look
            }
            case TWICE -> {
                tell(order, truth, due);
                tell(order, truth, due);
            }
            case LATE -> agenda.at(due.plus(settings.lateBy()), at -> tell(order, truth, at));
            case CONTRADICTORY -> {
                boolean truthFirst = order.fate().lieComesLast();
                Ending lie = contradiction(truth);
                tell(order, truthFirst ? truth : lie, due);
                agenda.at(due.plus(CONTRADICTED_AFTER), at -> tell(order, truthFirst ? lie : truth, at));
            }
        }
    }

    private static Ending contradiction(Ending truth) {
        return switch (truth) {
            case Ending.Done(var subject) -> new Ending.Failed(subject, Refused.NETWORK);
            case Ending.Failed(var subject, var _) -> new Ending.Done(withNumber(subject));
        };
    }

    private static Subject withNumber(Subject subject) {
        return subject.mdn().isEmpty()
                ? new Subject(
                        subject.imei(), subject.iccid(), Account.firstNumber(subject.imei()), subject.servicePlan())
                : subject;
    }

    private void tell(Order order, Ending ending, Instant at) {
        CallbackContent about = new CallbackContent(ending.subject(), order.requestId(), at);
        ObjectNode content =
                switch (ending) {
                    case Ending.Done _ -> about.done(order.deed());
                    case Ending.Failed(var _, var why) -> about.failed(why.code(), why.text());
                };
        callbacks.tell(new Callback(order.requestId(), CARRIER_SERVICE, content), order.imei(), at);
    }

    /** What the answer looks like is a guess; that a device that is not available is told as a fault, too. */
    private void answer(String requestId, DeviceIds device, Instant at) {
        Optional<Refused> unavailable = lines.unavailability(device);
        ended(requestId, unavailable.isPresent());
        ObjectNode content = Json.object();
        content.set("deviceIds", device.toJson());
        unavailable.ifPresentOrElse(
                why -> content.putObject("faultResponse")
                        .put("faultcode", "UnifiedWebService." + why.code())
                        .put("faultstring", why.text()),
                () -> content.putObject("deviceResponse")
                        .putObject("deviceAvailabilityResponse")
                        .put("available", true));
        content.put("status", unavailable.isPresent() ? "Failed" : "Success");
        callbacks.tell(
                new Callback(requestId, DEVICE_SERVICE, content),
                device.the(Kind.IMEI).orElse(requestId),
                at);
    }
}
