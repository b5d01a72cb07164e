package dev.fleetline.fleetgenerator;

import dev.fleetline.fleetgenerator.Incident.What;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/** One device on its way through time: wakes, reports, and what becomes of its reports on their way to us. */
final class Reporting {

    private static final int REPORTS_OF_A_SLEEPER = 40;
    private static final int MOST_REPORTS_OF_A_BURST = 10;

    private static final double LOST_ON_THE_WAY = 0.005;
    private static final double LATE = 0.02;
    private static final double TWICE = 0.03;

    /** Of the interval; five to ten minutes for one that sleeps half a day. */
    private static final double JITTER = 0.01;

    private static final Duration LATEST = Duration.ofHours(12);

    private final Member member;
    private final List<Incident> incidents;
    private final Vitality vitality;
    private final Contacts contacts;
    private final Random chance;
    private final Consumer<Receipt> receipts;
    private Instant wake;
    private int report;
    private boolean wasSmooth = true;

    /** {@code incidents} are the device's, its site's and our own. */
    Reporting(FleetPlan plan, Member member, List<Incident> incidents, Contacts contacts, Consumer<Receipt> receipts) {
        this.member = member;
        this.incidents = incidents;
        this.contacts = contacts;
        this.receipts = receipts;
        this.chance = new Random(plan.seed() * 1_000_003 + member.number());
        this.vitality = new Vitality(plan, member, incidents, chance);
        this.wake = plan.start().plusSeconds((long) (member.interval().toSeconds() * chance.nextDouble()));
    }

    /** Goes on to that moment. */
    void until(Instant end) {
        if (member.kind() == Kind.NEVER_SEEN) {
            return;
        }
        while (wake.isBefore(end)) {
            Instant at = wake;
            Optional<Incident> gone = loss(at);
            if (gone.isPresent() && gone.get().what() != What.PROGRAM_HUNG) {
                wake = gone.get().until().plusSeconds(10 + chance.nextInt(110));
                continue;
            }
            wake = at.plus(step(at));
            if (gone.isPresent()) {
                contacts.connected(at);
                Instant restarted = gone.get().until().plusSeconds(10);
                wake = wake.isAfter(restarted) ? restarted : wake;
            } else {
                report(at);
            }
        }
    }

    private Optional<Incident> loss(Instant at) {
        return incidents.stream()
                .filter(incident -> incident.what().isLoss() && incident.covers(at))
                .findFirst();
    }

    private Duration step(Instant at) {
        long seconds = member.interval().toSeconds();
        if (member.kind() == Kind.BURSTY) {
            return Duration.ofSeconds((long) (seconds * (0.05 + 0.9 * chance.nextDouble())));
        }
        if (member.kind() == Kind.OF_LOST_SITE && inStep()) {
            return toTheHour(at);
        }
        return Duration.ofSeconds((long) (seconds * (1 + JITTER * Math.clamp(chance.nextGaussian(), -3.0, 3.0))));
    }

    /** Every other site has devices that report when the clock strikes. */
    private boolean inStep() {
        return member.site().orElseThrow().hashCode() % 2 == 0;
    }

    private Duration toTheHour(Instant at) {
        Instant hour =
                at.plus(Duration.ofMinutes(5)).truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
        return Duration.between(at, hour.plusSeconds(chance.nextInt(120)));
    }

    private void report(Instant wokenAt) {
        contacts.connected(wokenAt);
        int burst = member.kind() == Kind.BURSTY ? 1 + chance.nextInt(MOST_REPORTS_OF_A_BURST) : 1;
        int reports = member.kind() == Kind.SLEEPING ? REPORTS_OF_A_SLEEPER : burst;
        Duration between = member.kind() == Kind.SLEEPING ? Duration.ofMillis(1_400) : Duration.ofSeconds(50);
        for (int i = 0; i < reports; i++) {
            send(wokenAt.plus(between.multipliedBy(i)));
        }
    }

    private void send(Instant at) {
        report++;
        double fate = wasSmooth ? chance.nextDouble() : 1;
        boolean isLate = fate < LATE;
        Duration delay = isLate ? delay() : Duration.ofMillis(1_000 + chance.nextInt(6_000));
        // some are late because the device kept them, and some because the platform did
        Instant platform = isLate && chance.nextBoolean() ? at.plus(delay) : at.plusMillis(800);
        PlatformMessage message = new PlatformMessage(
                member,
                at,
                platform,
                report,
                vitality.battery(at, report, chance),
                charging(at),
                vitality.rsrp(at, chance),
                vitality.isInService(at));
        contacts.heard(message);
        wasSmooth = fate >= LATE + TWICE + LOST_ON_THE_WAY;
        boolean isLost = fate >= LATE + TWICE && fate < LATE + TWICE + LOST_ON_THE_WAY;
        Instant received = at.plus(delay);
        if (isLost || isOurFault(received)) {
            return;
        }
        receipts.accept(new Receipt(received, member, message.event()));
        if (fate >= LATE && fate < LATE + TWICE) {
            Instant again = received.plusSeconds(5 + chance.nextInt(7_200));
            if (!isOurFault(again)) {
                receipts.accept(new Receipt(again, member, message.event()));
            }
        }
    }

    private Duration delay() {
        Duration whole = member.interval().compareTo(LATEST) > 0 ? LATEST : member.interval();
        return Duration.ofSeconds((long) (whole.toSeconds() * (0.2 + 0.6 * chance.nextDouble())));
    }

    private Optional<String> charging(Instant at) {
        return vitality.isCharging(at)
                ? Optional.of("charging")
                : Optional.of("discharging").filter(_ -> member.number() % 3 > 0);
    }

    private boolean isOurFault(Instant received) {
        return incidents.stream().anyMatch(incident -> incident.what() == What.DEAD_TOKEN && incident.covers(received));
    }
}
