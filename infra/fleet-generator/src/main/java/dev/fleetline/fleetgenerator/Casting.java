package dev.fleetline.fleetgenerator;

import dev.fleetline.fleetgenerator.Incident.What;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** Who is in the fleet, and what befalls whom and when. */
final class Casting {

    /** As many stand on a site that will be lost. */
    private static final int LOST_SITE_SIZE = 12;

    /** Other sites have about this many numbers each, half of which stand there. */
    private static final int SITE_NUMBERS = 40;

    /** Something goes wrong with a device of a bad kind once in so many days. */
    private static final int DAYS_PER_INCIDENT = 15;

    private static final List<Integer> HOURS = List.of(1, 1, 1, 2, 2, 2, 4, 4, 4, 4, 4, 4, 6, 6, 6, 6, 12, 12, 24, 24);
    private static final List<Integer> SHORT_HOURS = List.of(1, 2, 4, 4, 6);

    private final FleetPlan plan;
    private final Random chance;
    private final List<Member> members = new ArrayList<>();
    private final List<Incident> incidents = new ArrayList<>();

    Casting(FleetPlan plan) {
        this.plan = plan;
        this.chance = new Random(plan.seed());
        deadTokens();
        cast();
        members.stream()
                .flatMap(member -> member.site().stream())
                .filter(Casting::isLost)
                .distinct()
                .forEach(this::loseSite);
        members.forEach(this::befall);
    }

    List<Member> members() {
        return List.copyOf(members);
    }

    List<Incident> incidents() {
        return List.copyOf(incidents);
    }

    static boolean isLost(String site) {
        return site.startsWith("lost-");
    }

    private void cast() {
        List<Kind> kinds = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            kinds.addAll(Collections.nCopies(kind.share(), kind));
        }
        Collections.shuffle(kinds, chance);
        int all = Kind.OF_LOST_SITE.share() * plan.devices() / kinds.size();
        int lostSites = Math.max(1, (all + LOST_SITE_SIZE - 1) / LOST_SITE_SIZE);
        int lost = 0;
        for (int number = 1; number <= plan.devices(); number++) {
            Kind kind = kinds.get(number % kinds.size());
            Optional<String> site = Optional.empty();
            if (kind == Kind.OF_LOST_SITE) {
                site = Optional.of("lost-" + lost++ % lostSites);
            } else if (number % 2 == 0) {
                site = Optional.of("site-" + number / SITE_NUMBERS);
            }
            members.add(member(number, kind, site));
        }
    }

    private Member member(int number, Kind kind, Optional<String> site) {
        Duration interval = Duration.ofHours(
                switch (kind) {
                    case OF_LOST_SITE, FLAPPING -> 1;
                    case SLEEPING -> 12;
                    case BURSTY -> 8;
                    case STEADY, SENTINELS, NO_BATTERY_ANY_MORE, NEVER_SEEN -> one(HOURS);
                    case FLAT,
                            CHARGED,
                            OUT_OF_COVERAGE,
                            WEAK,
                            SUSPENDED,
                            APP_SILENT,
                            UNPLUGGED,
                            CLOCK_AHEAD,
                            CLOCK_BEHIND,
                            CLOCK_OF_1970 -> one(SHORT_HOURS);
                });
        boolean irregular = kind == Kind.BURSTY || kind == Kind.FLAPPING || kind == Kind.OF_LOST_SITE;
        return new Member(
                number,
                Member.imei(number),
                Member.iccid(number),
                Member.uid(number),
                kind,
                interval,
                irregular || chance.nextInt(4) > 0,
                // only there the carrier says when it saw a connection
                kind == Kind.APP_SILENT || number % 3 == 0 ? "m2m" : "core",
                kind == Kind.SLEEPING ? "sleeper" : "tracker",
                site);
    }

    private int one(List<Integer> hours) {
        return hours.get(chance.nextInt(hours.size()));
    }

    private void deadTokens() {
        Stream.of(0.42, 0.71).forEach(part -> {
            Instant from = plan.at(part);
            incidents.add(new Incident(
                    What.DEAD_TOKEN,
                    Optional.empty(),
                    Optional.empty(),
                    from,
                    from.plus(Duration.ofHours(part < 0.5 ? 7 : 4))));
        });
    }

    private void loseSite(String site) {
        for (int time = 0; time < times(); time++) {
            Instant from = begin(time, times());
            Instant until = from.plus(between(Duration.ofHours(6), Duration.ofHours(12)));
            incidents.add(new Incident(What.SITE_OUTAGE, Optional.empty(), Optional.of(site), from, until));
        }
    }

    private int times() {
        return Math.max(1, plan.days() / DAYS_PER_INCIDENT);
    }

    /** Not before the first days, not at the end, and a day away from our own faults. */
    private Instant begin(int time, int of) {
        double width = 0.72 / of;
        Instant at = plan.at(0.18 + width * (time + chance.nextDouble() * 0.4));
        Duration day = Duration.ofDays(1);
        for (Incident fault : incidents) {
            if (fault.what() == What.DEAD_TOKEN && fault.overlaps(at.minus(day), at.plus(day))) {
                return fault.until().plus(between(day, day.multipliedBy(2)));
            }
        }
        return at;
    }

    private void befall(Member member) {
        switch (member.kind()) {
            case FLAT -> empty(member);
            case CHARGED -> {
                Instant lowest = plan.at(0.3 + 0.5 * chance.nextDouble());
                add(member, What.BATTERY_LOW, lowest.minus(between(Duration.ofHours(20), Duration.ofDays(3))), lowest);
            }
            case OUT_OF_COVERAGE -> repeatedly(member, What.OUT_OF_COVERAGE, lossOf(member));
            case APP_SILENT -> repeatedly(member, What.PROGRAM_HUNG, lossOf(member));
            case UNPLUGGED -> repeatedly(member, What.UNPLUGGED, lossOf(member));
            case SUSPENDED -> repeatedly(member, What.LINE_SUSPENDED, List.of(Duration.ofDays(1), Duration.ofDays(4)));
            case WEAK -> repeatedly(member, What.SIGNAL_WEAK, List.of(Duration.ofHours(36), Duration.ofDays(3)));
            case FLAPPING -> flap(member);
            case NEVER_SEEN -> add(member, What.NEVER_SEEN, plan.start().plus(Duration.ofDays(1)), plan.end());
            case NO_BATTERY_ANY_MORE ->
                add(member, What.BATTERY_UNTOLD, Vitality.lastBattery(plan).plus(Duration.ofDays(7)), plan.end());
            case STEADY, OF_LOST_SITE, SLEEPING, BURSTY, CLOCK_AHEAD, CLOCK_BEHIND, CLOCK_OF_1970, SENTINELS -> {}
        }
    }

    private static List<Duration> lossOf(Member member) {
        return List.of(
                member.interval().multipliedBy(4).plusHours(2),
                member.interval().multipliedBy(10).plusHours(6));
    }

    private void repeatedly(Member member, What what, List<Duration> atLeastAndMost) {
        for (int time = 0; time < times(); time++) {
            Instant from = begin(time, times());
            add(member, what, from, from.plus(between(atLeastAndMost.getFirst(), atLeastAndMost.getLast())));
        }
    }

    private void empty(Member member) {
        Instant from = plan.at(0.3 + 0.45 * chance.nextDouble());
        Instant until = from.plus(between(Duration.ofHours(30), Duration.ofDays(4)));
        add(member, What.BATTERY_EMPTY, from, until);
        add(member, What.BATTERY_LOW, from.minus(between(Duration.ofHours(20), Duration.ofDays(3))), until);
    }

    private void flap(Member member) {
        Instant at = begin(0, 1);
        for (Instant end = at.plus(Duration.ofDays(2)); at.isBefore(end); ) {
            Instant back = at.plus(between(Duration.ofMinutes(150), Duration.ofHours(5)));
            add(member, What.BAD_PLUG, at, back);
            at = back.plus(between(Duration.ofHours(2), Duration.ofHours(4)));
        }
    }

    private void add(Member member, What what, Instant from, Instant until) {
        incidents.add(Incident.of(member, what, from, until));
    }

    private Duration between(Duration least, Duration most) {
        return least.plusSeconds((long) (most.minus(least).toSeconds() * chance.nextDouble()));
    }
}
