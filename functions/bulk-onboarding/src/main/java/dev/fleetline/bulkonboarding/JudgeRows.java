package dev.fleetline.bulkonboarding;

import dev.fleetline.bulkonboarding.Row.Pair;
import dev.fleetline.bulkonboarding.Tally.Fate;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import dev.fleetline.fleetevents.Digest;
import dev.fleetline.fleetevents.FleetEvent.Fault;
import dev.fleetline.onboarding.KnownDevices;
import dev.fleetline.onboarding.KnownDevices.Known;
import dev.fleetline.onboarding.OnboardingRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds rows against each other and against what is registered, many at once. */
final class JudgeRows {

    /** After these an order starts again, under an id of its own, and with another SIM too. */
    private static final Set<String> ENDED = Set.of("REJECTED", "FAILED", "DEACTIVATED", "DRIFTED", "RETIRED");

    /** These have no use for the SIM that they were ordered with. */
    private static final Set<String> WITHOUT_SIM = Set.of("REJECTED", "FAILED", "RETIRED");

    private static final Set<String> IN_SERVICE = Set.of("ACTIVE_UNSEEN", "IN_SERVICE");

    private static final Set<String> ON_ITS_WAY =
            Set.of("REQUESTED", "CHECKED", "REGISTERED", "ACTIVATING", "UNCLEAR", "STUCK", "PARKED");

    private final KnownDevices devices;

    JudgeRows(KnownDevices devices) {
        this.devices = devices;
    }

    /** In the order of the rows. */
    List<Judgement> judge(List<Row> rows, SeenPairs seen) {
        List<Pair> pairs = rows.stream().flatMap(row -> row.pair().stream()).toList();
        Map<Imei, Known> known = devices.find(pairs.stream().map(Pair::imei).toList());
        Map<Iccid, Imei> owners = owners(pairs, known);
        return rows.stream().map(row -> judge(row, seen, known, owners)).toList();
    }

    /** Which devices have the SIMs of these pairs, and have a use for them. */
    private Map<Iccid, Imei> owners(List<Pair> pairs, Map<Imei, Known> known) {
        Map<Iccid, Imei> bound =
                new HashMap<>(devices.whoHas(pairs.stream().map(Pair::iccid).toList()));
        Map<Imei, Known> all = new HashMap<>(known);
        List<Imei> others = bound.values().stream()
                .filter(owner -> !known.containsKey(owner))
                .toList();
        if (!others.isEmpty()) {
            all.putAll(devices.find(others));
        }
        bound.entrySet().removeIf(entry -> !holds(Optional.ofNullable(all.get(entry.getValue())), entry.getKey()));
        return bound;
    }

    private static boolean holds(Optional<Known> owner, Iccid sim) {
        return owner.filter(device -> device.iccid().equals(sim))
                .filter(device -> !WITHOUT_SIM.contains(device.state()))
                .isPresent();
    }

    private static Judgement judge(Row row, SeenPairs seen, Map<Imei, Known> known, Map<Iccid, Imei> owners) {
        if (row.pair().isEmpty()) {
            return new Judgement(row, Fate.FAULTY, row.request(), row.faults(), row.notes());
        }
        Pair pair = row.pair().get();
        Optional<Known> device = Optional.ofNullable(known.get(pair.imei()));
        List<Fault> others = others(pair, row.line().number(), seen);
        List<Fault> conflicts = conflicts(pair, device, Optional.ofNullable(owners.get(pair.iccid())));
        List<Fault> faults = new ArrayList<>(row.faults());
        faults.addAll(others);
        faults.addAll(conflicts);
        List<Fault> notes = new ArrayList<>(row.notes());
        Fate fate;
        if (!row.faults().isEmpty()) {
            fate = Fate.FAULTY;
        } else if (!others.isEmpty()) {
            fate = Fate.DUPLICATE;
        } else if (!conflicts.isEmpty()) {
            fate = Fate.CONFLICT;
        } else {
            fate = device.map(it -> fate(it.state())).orElse(Fate.ORDERED);
            note(fate).ifPresent(notes::add);
        }
        return new Judgement(row, fate, order(row.request(), pair, device), faults, notes);
    }

    private static List<Fault> others(Pair pair, long line, SeenPairs seen) {
        List<Fault> faults = new ArrayList<>();
        seen.contradicted(pair.imei())
                .ifPresent(first -> faults.add(new Fault(
                        "iccid",
                        "the file has another ICCID for the same IMEI; the IMEI stands first in line " + first,
                        "find out which SIM is in the device, and delete the other rows; none of them is ordered")));
        seen.contradicted(pair.iccid())
                .ifPresent(first -> faults.add(new Fault(
                        "imei",
                        "the file has another IMEI for the same ICCID; the ICCID stands first in line " + first,
                        "find out which device the SIM is in, and delete the other rows; none of them is ordered")));
        int first = seen.first(pair.imei());
        if (faults.isEmpty() && first != line) {
            faults.add(
                    new Fault("row", "the same IMEI and ICCID stand in line " + first + " already", "delete this row"));
        }
        return faults;
    }

    private static List<Fault> conflicts(Pair pair, Optional<Known> device, Optional<Imei> owner) {
        List<Fault> faults = new ArrayList<>();
        owner.filter(other -> !other.equals(pair.imei()))
                .ifPresent(other -> faults.add(new Fault(
                        "iccid",
                        "the SIM belongs to another device, " + other,
                        "look which SIM is in which device, and correct this row or that device")));
        device.filter(known -> !ENDED.contains(known.state())).ifPresent(known -> {
            if (!IN_SERVICE.contains(known.state()) && !ON_ITS_WAY.contains(known.state())) {
                faults.add(new Fault(
                        "imei",
                        "the device is " + known.state() + ", and no order changes that",
                        "have it restored at the carrier, or delete the row"));
            } else if (!known.iccid().equals(pair.iccid())) {
                faults.add(new Fault(
                        "iccid",
                        "the device is " + known.state() + " with another SIM, " + known.iccid(),
                        "correct the ICCID; a SIM that was really changed is changed at the carrier"));
            }
        });
        return faults;
    }

    private static Fate fate(String state) {
        if (ENDED.contains(state)) {
            return Fate.ORDERED;
        }
        return IN_SERVICE.contains(state) ? Fate.IN_SERVICE : Fate.ORDERED_ALREADY;
    }

    private static Optional<Fault> note(Fate fate) {
        return switch (fate) {
            case IN_SERVICE ->
                Optional.of(new Fault("row", "the device is in service with this SIM: nothing is sent", "nothing"));
            case ORDERED_ALREADY ->
                Optional.of(new Fault("row", "the device is ordered with this SIM already: nothing is sent", "wait"));
            case ORDERED, FAULTY, DUPLICATE, CONFLICT, UNSENT -> Optional.empty();
        };
    }

    /**
     * An order that has ended would answer its own id with how it ended. So the one after it has an id that is made of
     * the last one's too, and a file that is read twice meanwhile makes the same.
     */
    private static OnboardingRequest order(OnboardingRequest request, Pair pair, Optional<Known> device) {
        return device.filter(known -> ENDED.contains(known.state()))
                .map(known -> new OnboardingRequest(
                        Digest.of(
                                request.onboardingId(),
                                pair.imei().digits(),
                                pair.iccid().digits(),
                                known.onboardingId()),
                        request.imei(),
                        request.iccid(),
                        request.account(),
                        request.carrier(),
                        request.description()))
                .orElse(request);
    }
}
