package dev.fleetline.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.device.Window;
import dev.fleetline.local.EventIds;
import dev.fleetline.local.bench.CallbackLoad.Fall;
import dev.fleetline.local.bench.CallbackLoad.Order;
import dev.fleetline.local.bench.CallbackLoad.Seen;
import dev.fleetline.local.bench.CallbackLoad.Sent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is stored, held against what was sent.
 *
 * <p>Every report that was sent must be kept, also one that the platform gave up or by which a device came into service: of
 * each device as many, and the same by the sum of their ids. Each says a signal at a time of its own, or a battery, so that its
 * place in the device's window shows that it was applied; the window holds the newest 32.
 *
 * @param sent reports in all
 * @param first those of them by which the devices came into service, before anything was measured
 * @param lost reports that are not kept
 * @param doubled reports kept under two keys or of unknown origin, moves and alerts that happened twice
 * @param applied reports found in their device's window, of those that must be there
 * @param notApplied those that are not there, and devices that were last seen at another time than they last reported
 * @param alertsMissing batteries that fell and of which nobody was told
 * @param alertMillis from sending the report to the alert on the bus, of those that were accepted at once
 */
public record Outcome(
        Seen seen,
        Order order,
        int sent,
        int first,
        int lost,
        int doubled,
        int applied,
        int notApplied,
        int setAsideWrongly,
        int alertsMissing,
        int toldAgain,
        List<Long> alertMillis) {

    /** Copies the list. */
    public Outcome {
        alertMillis = List.copyOf(alertMillis);
    }

    /** Nothing lost, nothing doubled, everything applied that could be read, and everything killed that was to be. */
    public boolean isGood() {
        return lost == 0
                && doubled == 0
                && notApplied == 0
                && setAsideWrongly == 0
                && alertsMissing == 0
                && seen.noted().path("deaths").size() == order.kills();
    }

    /** What one device was sent for, and where that must be found: its newest signals, and after them its batteries. */
    private static final class Wanted {
        private final NavigableSet<Instant> times = new TreeSet<>();
        private int reports;
        private long ids;

        void add(JsonNode device) {
            reports += device.path("sent").asInt();
            ids += Long.parseUnsignedLong(device.path("ids").asText(), 16);
            device.path("newest").forEach(time -> times.add(Instant.parse(time.asText())));
            while (times.size() > Window.SIZE) {
                times.pollFirst();
            }
        }

        /** A battery has a window of its own. */
        void add(Fall fall) {
            reports++;
            ids += EventIds.number(fall.eventId());
            times.add(fall.at());
        }
    }

    static Outcome of(Seen seen, Order order) {
        Map<String, Wanted> sent = sent(seen);
        int lost = 0;
        int doubled = seen.tally().path("underTwoKeys").asInt()
                + seen.tally().path("movesTwice").asInt();
        int applied = 0;
        int notApplied = 0;
        int kept = 0;
        for (JsonNode device : seen.tally().path("devices")) {
            Wanted wanted = sent.getOrDefault(device.path("imei").asText(), new Wanted());
            int here = device.path("kept").asInt();
            kept += here;
            lost += Math.max(0, wanted.reports - here);
            doubled += Math.max(0, here - wanted.reports);
            if (here == wanted.reports
                    && !Long.toHexString(wanted.ids).equals(device.path("ids").asText())) {
                // as many, and not the same
                lost++;
                doubled++;
            }
            Set<Instant> found = new HashSet<>();
            device.path("applied").forEach(time -> found.add(Instant.parse(time.asText())));
            int inPlace = Math.toIntExact(
                    wanted.times.stream().filter(found::contains).count());
            applied += inPlace;
            notApplied += wanted.times.size() - inPlace;
            if (wanted.reports > 0
                    && !wanted.times
                            .last()
                            .toString()
                            .equals(device.path("lastSeen").asText())) {
                notApplied++;
            }
            sent.remove(device.path("imei").asText());
        }
        // a device that nobody knows has nothing here
        lost += sent.values().stream().mapToInt(one -> one.reports).sum();
        int unreadable = seen.load().counts().at("/sent/malformed").asInt();
        int keptUnread = seen.tally().path("deliveries").asInt()
                - kept
                - seen.tally().path("underTwoKeys").asInt();
        lost += Math.max(0, unreadable - keptUnread);
        doubled += Math.max(0, keptUnread - unreadable);
        int setAside = seen.tally()
                .path("setAside")
                .valueStream()
                .mapToInt(JsonNode::asInt)
                .sum();
        Alerts alerts = alerts(seen);
        return new Outcome(
                seen,
                order,
                count(seen.first()) + count(seen.load()) + seen.falls().size(),
                count(seen.first()),
                lost,
                doubled + alerts.twice(),
                applied,
                notApplied,
                Math.abs(setAside - keptUnread),
                alerts.missing(),
                alerts.toldAgain(),
                alerts.millis());
    }

    private static int count(Sent reports) {
        return reports.counts()
                .path("sent")
                .valueStream()
                .mapToInt(JsonNode::asInt)
                .sum();
    }

    private static Map<String, Wanted> sent(Seen seen) {
        Map<String, Wanted> sent = new HashMap<>();
        for (Sent reports : List.of(seen.first(), seen.load())) {
            for (JsonNode device : reports.devices()) {
                sent.computeIfAbsent(device.path("imei").asText(), _ -> new Wanted())
                        .add(device);
            }
        }
        for (Fall fall : seen.falls()) {
            sent.computeIfAbsent(fall.imei(), _ -> new Wanted()).add(fall);
        }
        return sent;
    }

    private record Alerts(int missing, int twice, int toldAgain, List<Long> millis) {}

    /** Each battery that fell is told of once. An event may be on the bus twice, under one id, for whoever was killed before. */
    private static Alerts alerts(Seen seen) {
        Map<String, List<JsonNode>> raised = new HashMap<>();
        seen.noted().path("raised").forEach(alert -> raised.computeIfAbsent(
                        alert.path("imei").asText(), _ -> new ArrayList<>())
                .add(alert));
        int missing = 0;
        int twice = 0;
        int toldAgain = 0;
        List<Long> millis = new ArrayList<>();
        for (Fall fall : seen.falls()) {
            List<JsonNode> told = raised.getOrDefault(fall.imei(), List.of());
            raised.remove(fall.imei());
            long ids =
                    told.stream().map(alert -> alert.path("eventId")).distinct().count();
            missing += told.isEmpty() ? 1 : 0;
            twice += (int) Math.max(0, ids - 1);
            toldAgain += (int) (told.size() - ids);
            if (!told.isEmpty() && fall.acceptedAtOnce()) {
                millis.add(told.getFirst().path("atMillis").asLong() - fall.sentAtMillis());
            }
        }
        // nobody else's battery fell
        twice += raised.size();
        return new Alerts(missing, twice, toldAgain, millis.stream().sorted().toList());
    }
}
