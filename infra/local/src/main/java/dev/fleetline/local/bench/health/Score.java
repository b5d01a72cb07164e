package dev.fleetline.local.bench.health;

import dev.fleetline.fleetgenerator.GeneratedFleet;
import dev.fleetline.fleetgenerator.Incident;
import dev.fleetline.fleetgenerator.Incident.What;
import dev.fleetline.fleetgenerator.Kind;
import dev.fleetline.fleetgenerator.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was told held against what was true. */
final class Score {

    /** What people should be told of why a device is lost, where that can be known. */
    private static final Map<What, String> CAUSES = Map.of(
            What.BATTERY_EMPTY, "FLAT_BATTERY",
            What.OUT_OF_COVERAGE, "OUT_OF_COVERAGE",
            What.LINE_SUSPENDED, "SIM_INACTIVE",
            What.PROGRAM_HUNG, "APP_SILENT",
            What.UNPLUGGED, "UNKNOWN",
            What.BAD_PLUG, "UNKNOWN");

    private static final Map<What, String> CONDITIONS = Map.of(
            What.BATTERY_LOW, "BATTERY_LOW",
            What.SIGNAL_WEAK, "SIGNAL_WEAK",
            What.NEVER_SEEN, "NEVER_SEEN",
            What.BATTERY_UNTOLD, "BATTERY_UNKNOWN");

    /** What a report needs to reach us after a device has come back. */
    private static final Duration ON_THE_WAY = Duration.ofMinutes(3);

    /** From the moment at which a loss can be seen to the end of the pass that has to see it. */
    private static final Duration A_PASS = Duration.ofMinutes(30);

    private final GeneratedFleet fleet;
    private final List<ToldAlert> told;
    private final Map<String, Member> byImei;
    private final Map<Member, List<Incident>> losses = new HashMap<>();
    private final List<Incident> faults;
    private final Map<ToldAlert, Incident> matched = new HashMap<>();

    Score(GeneratedFleet fleet, List<ToldAlert> told) {
        this.fleet = fleet;
        this.told = told;
        this.byImei = fleet.members().stream()
                .collect(Collectors.toMap(member -> member.imei().digits(), Function.identity()));
        this.faults = of(What.DEAD_TOKEN);
        for (Incident incident : fleet.incidents()) {
            incident.member().ifPresent(member -> losses.computeIfAbsent(member, _ -> new ArrayList<>())
                    .add(incident));
        }
        told.forEach(alert -> truth(alert).ifPresent(incident -> matched.put(alert, incident)));
    }

    /**
     * How well one thing was told.
     *
     * @param name the cause or the condition
     * @param incidents how many there were that could be seen before they were over
     * @param found how many of them were told at all
     * @param rightly how many were told as what they were
     * @param told how often it was told
     * @param toldTruly how often that was true
     */
    record Row(String name, int incidents, int found, int rightly, int told, int toldTruly) {
        double recall() {
            return incidents == 0 ? 1 : (double) rightly / incidents;
        }

        double precision() {
            return told == 0 ? 1 : (double) toldTruly / told;
        }
    }

    /** One row per cause of a loss. */
    List<Row> causes() {
        return CAUSES.values().stream().distinct().sorted().map(this::cause).toList();
    }

    private Row cause(String cause) {
        // a bad plug is meant to be told less and less: it has a row of its own
        List<Incident> seen =
                visible(incident -> incident.what() != What.BAD_PLUG && cause.equals(CAUSES.get(incident.what())));
        List<ToldAlert> named = told.stream()
                .filter(alert -> alert.isLoss() && cause(alert).equals(cause))
                .toList();
        Set<Incident> found = found(_ -> true);
        Set<Incident> rightly = found(alert -> cause(alert).equals(cause));
        return new Row(cause, seen.size(), count(seen, found), count(seen, rightly), named.size(), (int) named.stream()
                .filter(alert -> Optional.ofNullable(matched.get(alert))
                        .filter(incident -> isCause(cause, incident.what()))
                        .isPresent())
                .count());
    }

    /** Of a device that is lost with its site nobody can say more, by itself. */
    private static boolean isCause(String cause, What what) {
        return cause.equals(what == What.SITE_OUTAGE ? "UNKNOWN" : CAUSES.get(what));
    }

    /** One row per condition that is no loss. */
    List<Row> conditions() {
        return CONDITIONS.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(entry -> {
                    List<Incident> seen = of(entry.getKey());
                    List<ToldAlert> named = told.stream()
                            .filter(alert ->
                                    alert.isOfDevice() && alert.condition().equals(entry.getValue()))
                            .toList();
                    Set<Incident> found = found(_ -> true);
                    return new Row(
                            entry.getValue(), seen.size(), count(seen, found), count(seen, found), named.size(), (int)
                                    named.stream().filter(matched::containsKey).count());
                })
                .toList();
    }

    /** Losses of bad plugs: how many there were, and of how many people heard. */
    Row flapping() {
        List<Incident> seen = visible(incident -> incident.what() == What.BAD_PLUG);
        Set<Incident> found = found(_ -> true);
        return new Row("bad plug", seen.size(), count(seen, found), count(seen, found), 0, 0);
    }

    /**
     * How a site's outage was told.
     *
     * @param inStep whether its devices report together, when the clock strikes
     * @param wide alerts of site, cell or fleet that began while it lasted
     * @param single alerts of its devices that did
     */
    record Outage(Incident incident, boolean inStep, int wide, int single) {}

    List<Outage> outages() {
        return of(What.SITE_OUTAGE).stream()
                .map(outage -> new Outage(
                        outage,
                        outage.site().orElseThrow().hashCode() % 2 == 0,
                        during(outage, alert -> !alert.isOfDevice() && isAbout(alert, outage)),
                        during(
                                outage,
                                alert -> alert.isLoss()
                                        && member(alert).flatMap(Member::site).equals(outage.site()))))
                .toList();
    }

    /** Alerts of our own faults, for each time that the token was dead. */
    List<Integer> faultsTold() {
        return faults.stream()
                .map(fault -> during(fault, alert -> alert.about().equals("Platform")))
                .toList();
    }

    /** Alerts about more than one device that were not true, by their first word. */
    Map<String, Long> falseWide() {
        return told.stream()
                .filter(alert -> !alert.isOfDevice() && !matched.containsKey(alert))
                .collect(Collectors.groupingBy(ToldAlert::about, TreeMap::new, Collectors.counting()));
    }

    /** Alerts of devices that were not true, by condition and the device's kind. */
    Map<String, Long> falseAlerts() {
        return told.stream()
                .filter(alert -> alert.isOfDevice() && !matched.containsKey(alert))
                .collect(Collectors.groupingBy(
                        alert -> alert.condition() + " of "
                                + member(alert).map(Member::kind).orElseThrow(),
                        TreeMap::new,
                        Collectors.counting()));
    }

    /** False losses per sleeping device and night. */
    double falseLossesOfSleepers() {
        long sleepers = fleet.members().stream()
                .filter(member -> member.kind() == Kind.SLEEPING)
                .count();
        long wrong = told.stream()
                .filter(alert -> alert.isLoss()
                        && !matched.containsKey(alert)
                        && member(alert).map(Member::kind).orElseThrow() == Kind.SLEEPING)
                .count();
        return (double) wrong / (sleepers * fleet.plan().days());
    }

    /** What was said, by word. */
    Map<String, Long> words() {
        return told.stream()
                .flatMap(alert -> alert.words().stream())
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }

    int incidents() {
        return fleet.incidents().size();
    }

    /** How many times people were told of something that they had not been told of, for each thing that happened. */
    double messagesPerIncident() {
        Map<String, Long> words = words();
        long first = words.getOrDefault("Raised", 0L) + words.getOrDefault("Flapping", 0L);
        return (double) first / incidents();
    }

    /** From the true loss to the first word of it, in intervals of the device, ascending. */
    List<Double> delays() {
        Map<Incident, Instant> first = new HashMap<>();
        matched.forEach((alert, incident) -> {
            if (alert.isLoss() && incident.member().isPresent()) {
                first.merge(incident, alert.at(), (one, other) -> one.isBefore(other) ? one : other);
            }
        });
        return first.entrySet().stream()
                .filter(entry -> entry.getKey().what() != What.BAD_PLUG && isAwayFromFaults(entry.getKey()))
                .map(entry -> {
                    Incident incident = entry.getKey();
                    double seconds =
                            Duration.between(incident.from(), entry.getValue()).toSeconds();
                    return Math.max(0, seconds / interval(incident).toSeconds());
                })
                .sorted()
                .toList();
    }

    /** Each loss that was not told rightly and each alert that was not true, in a line for who looks into it. */
    List<String> wrong() {
        Stream<String> missed = fleet.incidents().stream()
                .filter(incident -> incident.member().isPresent()
                        && incident.what() != What.BAD_PLUG
                        && isVisible(incident)
                        && matched.entrySet().stream()
                                .noneMatch(entry ->
                                        entry.getValue().equals(incident) && isRight(entry.getKey(), incident)))
                .map(incident -> {
                    Member member = incident.member().orElseThrow();
                    return "not told rightly: " + incident.what() + " of " + described(member) + " from "
                            + incident.from()
                            + " to " + incident.until() + "; told: "
                            + told.stream()
                                    .filter(alert ->
                                            alert.name().equals(member.imei().digits())
                                                    && isDuring(
                                                            alert,
                                                            incident,
                                                            member.interval().multipliedBy(5)))
                                    .map(Score::described)
                                    .toList();
                });
        Stream<String> untrue = told.stream()
                .filter(alert -> !matched.containsKey(alert))
                .map(alert -> "not true: " + described(alert)
                        + member(alert)
                                .map(member -> " of " + described(member))
                                .orElse(" of " + alert.subject()));
        return Stream.concat(missed, untrue).toList();
    }

    private static boolean isRight(ToldAlert alert, Incident incident) {
        return !alert.isLoss() || cause(alert).equals(CAUSES.get(incident.what()));
    }

    private static String described(Member member) {
        return member.kind() + " " + member.number() + " (" + member.carrier() + ", " + member.interval()
                + (member.declared() ? "" : " learned") + ", " + member.site().orElse("-") + ")";
    }

    private static String described(ToldAlert alert) {
        return alert.about() + " " + alert.condition() + " " + cause(alert) + " at " + alert.at() + " " + alert.words();
    }

    /** Losses that were over before anybody could see them, or fell into our own fault: they are in no row. */
    int leftOut() {
        return (int) fleet.incidents().stream()
                .filter(incident -> CAUSES.containsKey(incident.what()) && !isVisible(incident))
                .count();
    }

    private List<Incident> visible(Predicate<Incident> which) {
        return fleet.incidents().stream().filter(which).filter(this::isVisible).toList();
    }

    private boolean isVisible(Incident loss) {
        Instant silent = loss.from();
        for (Incident fault : faults) {
            if (fault.overlaps(loss.from(), loss.until()) && fault.until().isAfter(silent)) {
                silent = fault.until();
            }
        }
        Instant end = loss.until().isBefore(fleet.plan().end())
                ? loss.until()
                : fleet.plan().end();
        Duration needed = interval(loss).multipliedBy(23).dividedBy(10).plus(A_PASS);
        return Duration.between(silent, end).compareTo(needed) > 0;
    }

    private boolean isAwayFromFaults(Incident loss) {
        Instant from = loss.from().minus(interval(loss));
        return faults.stream().noneMatch(fault -> fault.overlaps(from, loss.until()));
    }

    private static Duration interval(Incident loss) {
        return loss.member().map(Member::interval).orElse(Duration.ofHours(1));
    }

    private Set<Incident> found(Predicate<ToldAlert> which) {
        return matched.entrySet().stream()
                .filter(entry -> which.test(entry.getKey()))
                .map(Map.Entry::getValue)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static int count(List<Incident> incidents, Set<Incident> among) {
        return (int) incidents.stream().filter(among::contains).count();
    }

    private Optional<Incident> truth(ToldAlert alert) {
        if (!alert.isOfDevice()) {
            return Stream.concat(of(What.SITE_OUTAGE).stream(), faults.stream())
                    .filter(incident -> isAbout(alert, incident) && isDuring(alert, incident, Duration.ZERO))
                    .findFirst();
        }
        Optional<Member> member = member(alert);
        Stream<Incident> own = member.stream().flatMap(one -> losses.getOrDefault(one, List.of()).stream());
        Stream<Incident> ofSite =
                of(What.SITE_OUTAGE).stream().filter(outage -> outage.site().equals(member.flatMap(Member::site)));
        return Stream.concat(own, ofSite)
                .filter(incident -> explains(incident, alert))
                .findFirst();
    }

    private boolean explains(Incident incident, ToldAlert alert) {
        Duration before =
                switch (incident.what()) {
                    // the signal falls before it is gone
                    case OUT_OF_COVERAGE -> interval(incident).multipliedBy(5);
                    // a reading is rounded, and a little wrong
                    case BATTERY_LOW -> Duration.ofHours(12);
                    case BATTERY_EMPTY,
                            LINE_SUSPENDED,
                            PROGRAM_HUNG,
                            UNPLUGGED,
                            BAD_PLUG,
                            SITE_OUTAGE,
                            DEAD_TOKEN,
                            NEVER_SEEN,
                            BATTERY_UNTOLD,
                            SIGNAL_WEAK -> interval(incident);
                };
        boolean isSo = alert.isLoss()
                ? incident.what().isLoss()
                : alert.condition().equals(CONDITIONS.get(incident.what()))
                        || (alert.condition().equals("SIGNAL_WEAK") && incident.what() == What.OUT_OF_COVERAGE)
                        || (alert.condition().equals("SIM_NOT_ACTIVE") && incident.what() == What.LINE_SUSPENDED);
        return isSo && isDuring(alert, incident, before);
    }

    private static boolean isDuring(ToldAlert alert, Incident incident, Duration before) {
        return !alert.at().isBefore(incident.from().minus(before))
                && !alert.at().isAfter(incident.until().plus(ON_THE_WAY));
    }

    private static boolean isAbout(ToldAlert alert, Incident incident) {
        if (incident.what() == What.DEAD_TOKEN) {
            return alert.about().equals("Platform");
        }
        return alert.about().equals("Site")
                ? Optional.of(alert.name()).equals(incident.site())
                : alert.about().equals("Cell");
    }

    private int during(Incident incident, Predicate<ToldAlert> which) {
        return (int) told.stream()
                .filter(which)
                .filter(alert -> isDuring(alert, incident, Duration.ZERO))
                .count();
    }

    private Optional<Member> member(ToldAlert alert) {
        return Optional.ofNullable(byImei.get(alert.name()));
    }

    private List<Incident> of(What what) {
        return fleet.incidents().stream()
                .filter(incident -> incident.what() == what)
                .toList();
    }

    private static String cause(ToldAlert alert) {
        return alert.cause().orElse("UNKNOWN");
    }
}
