package dev.fleetline.fleetgenerator;

import dev.fleetline.fleetgenerator.Incident.What;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.PriorityQueue;

/** A fleet, what befalls it, and its life as we and the carrier see it. */
public final class GeneratedFleet {

    private final FleetPlan plan;
    private final List<Member> members;
    private final List<Incident> incidents;

    /** The one fleet of this plan. */
    public GeneratedFleet(FleetPlan plan) {
        Casting casting = new Casting(plan);
        this.plan = plan;
        this.members = casting.members();
        this.incidents = casting.incidents();
    }

    public FleetPlan plan() {
        return plan;
    }

    /** Everyone in it, by number. */
    public List<Member> members() {
        return members;
    }

    /** Everything that really goes wrong, in no particular order. */
    public List<Incident> incidents() {
        return incidents;
    }

    /** Its life from the start; each call lives it again, the same. */
    public Life life() {
        return new Life();
    }

    /**
     * Day after day, what reaches us, in order of receipt.
     *
     * <p>The carrier's view is of the day that was handed out last, and of what was before.
     */
    public final class Life implements Iterator<List<Receipt>> {

        private static final Comparator<Receipt> ORDER = Comparator.comparing(Receipt::receivedAt)
                .thenComparing(receipt -> receipt.member().number());

        private final PriorityQueue<Receipt> pending = new PriorityQueue<>(ORDER);
        private final Map<Member, Contacts> contacts = new HashMap<>();
        private final List<Reporting> reporting = new ArrayList<>();
        private final Map<Member, List<Incident>> suspensions = new HashMap<>();
        private Instant day = plan.start();

        private Life() {
            Map<Member, List<Incident>> ofMember = new HashMap<>();
            Map<String, List<Incident>> ofSite = new HashMap<>();
            List<Incident> ofAll = new ArrayList<>();
            for (Incident incident : incidents) {
                if (incident.member().isPresent()) {
                    ofMember.computeIfAbsent(incident.member().get(), _ -> new ArrayList<>())
                            .add(incident);
                } else if (incident.site().isPresent()) {
                    ofSite.computeIfAbsent(incident.site().get(), _ -> new ArrayList<>())
                            .add(incident);
                } else {
                    ofAll.add(incident);
                }
            }
            for (Member member : members) {
                List<Incident> own = new ArrayList<>(ofMember.getOrDefault(member, List.of()));
                suspensions.put(
                        member,
                        own.stream()
                                .filter(one -> one.what() == What.LINE_SUSPENDED)
                                .toList());
                member.site().ifPresent(site -> own.addAll(ofSite.getOrDefault(site, List.of())));
                own.addAll(ofAll);
                Contacts known = new Contacts();
                contacts.put(member, known);
                reporting.add(new Reporting(plan, member, own, known, pending::add));
            }
        }

        @Override
        public boolean hasNext() {
            return day.isBefore(plan.end());
        }

        /** What reaches us on the next day. */
        @Override
        public List<Receipt> next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the fleet's life is over");
            }
            Instant begin = day;
            day = begin.plus(Duration.ofDays(1));
            contacts.values().forEach(known -> known.forget(begin));
            reporting.forEach(device -> device.until(day));
            List<Receipt> received = new ArrayList<>();
            while (!pending.isEmpty() && pending.peek().receivedAt().isBefore(day)) {
                received.add(pending.remove());
            }
            return received;
        }

        /** When the carrier saw the device connect last, as known then. */
        public Optional<Instant> lastConnection(Member member, Instant now) {
            return known(member).lastConnection(now);
        }

        /** The device's document on the platform, as it is then; empty when it never reported. */
        public Optional<Map<String, Object>> document(Member member, Instant now) {
            return known(member).document(now);
        }

        /** The data of the last events that the platform has of the device then, newest first. */
        public List<Map<String, Object>> history(Member member, Instant now, int limit) {
            return known(member).history(now, limit);
        }

        /** Whether the device's line is suspended then. */
        public boolean isSuspended(Member member, Instant now) {
            return suspensions.getOrDefault(member, List.of()).stream().anyMatch(one -> one.covers(now));
        }

        private Contacts known(Member member) {
            return Optional.ofNullable(contacts.get(member))
                    .orElseThrow(() -> new IllegalArgumentException("not of this fleet: " + member.imei()));
        }
    }
}
