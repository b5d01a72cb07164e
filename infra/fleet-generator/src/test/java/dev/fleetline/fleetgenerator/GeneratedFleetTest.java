package dev.fleetline.fleetgenerator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.device.Measure;
import dev.fleetline.device.Normalised;
import dev.fleetline.device.Report;
import dev.fleetline.fleetgenerator.GeneratedFleet.Life;
import dev.fleetline.fleetgenerator.Incident.What;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GeneratedFleetTest {

    private static final FleetPlan PLAN = new FleetPlan(7, 300, 15, Instant.parse("2026-03-01T00:00:00Z"));

    private final GeneratedFleet fleet = new GeneratedFleet(PLAN);

    @Test
    void the_same_seed_is_the_same_fleet_to_the_last_byte() throws NoSuchAlgorithmException {
        GeneratedFleet again = new GeneratedFleet(PLAN);

        assertThat(again.members()).isEqualTo(fleet.members());
        assertThat(again.incidents()).isEqualTo(fleet.incidents());
        assertThat(digest(again)).isEqualTo(digest(fleet)).isEqualTo(digest(fleet));
    }

    @Test
    void another_seed_is_another_fleet() throws NoSuchAlgorithmException {
        assertThat(digest(new GeneratedFleet(new FleetPlan(8, 300, 15, PLAN.start()))))
                .isNotEqualTo(digest(fleet));
    }

    @Test
    void every_kind_of_device_and_everything_that_can_go_wrong_is_in_it() {
        assertThat(fleet.members()).extracting(Member::kind).contains(Kind.values());
        assertThat(fleet.incidents()).extracting(Incident::what).contains(What.values());
        assertThat(fleet.members()).extracting(Member::imei).doesNotHaveDuplicates();
        assertThat(fleet.members()).extracting(Member::iccid).doesNotHaveDuplicates();
    }

    @Test
    void what_reaches_us_is_in_order_of_receipt_and_in_its_day() {
        Instant day = PLAN.start();
        for (Life life = fleet.life(); life.hasNext(); day = day.plus(Duration.ofDays(1))) {
            List<Receipt> received = life.next();

            assertThat(received).extracting(Receipt::receivedAt).isSorted();
            assertThat(received.getFirst().receivedAt()).isAfterOrEqualTo(day);
            assertThat(received.getLast().receivedAt()).isBefore(day.plus(Duration.ofDays(1)));
        }
    }

    @Test
    void some_come_twice_some_come_late_and_none_comes_while_the_token_is_dead() {
        List<Receipt> all = received(_ -> true);
        List<Incident> faults = deadTokens();

        assertThat(all.stream().map(Receipt::event).distinct().count()).isLessThan(all.size());
        assertThat(all)
                .anyMatch(receipt ->
                        Duration.between(created(receipt), receipt.receivedAt()).toMinutes() > 30);
        assertThat(faults).hasSize(2);
        assertThat(all).noneMatch(receipt -> faults.stream().anyMatch(fault -> fault.covers(receipt.receivedAt())));
    }

    @Test
    void a_lost_device_sends_nothing_while_it_is_lost_and_comes_back_after() {
        Map<Member, List<Instant>> heard = received(_ -> true).stream()
                .collect(Collectors.groupingBy(
                        Receipt::member, Collectors.mapping(GeneratedFleetTest::updated, Collectors.toList())));

        for (Incident loss : fleet.incidents()) {
            if (loss.what().isLoss() && loss.member().isPresent()) {
                List<Instant> times = heard.getOrDefault(loss.member().get(), List.of());
                // a message that was late on its way says when it was sent
                assertThat(times.stream()
                                .filter(at ->
                                        loss.from().plus(Duration.ofHours(12)).isBefore(at)
                                                && at.isBefore(loss.until())))
                        .isEmpty();
                if (loss.until().isBefore(PLAN.end().minus(Duration.ofDays(1)))) {
                    assertThat(times).anyMatch(at -> at.isAfter(loss.until()));
                }
            }
        }
    }

    @Test
    void a_sleeper_wakes_twice_a_day_and_reports_forty_times_within_a_minute() {
        Member sleeper = one(Kind.SLEEPING);
        List<Instant> created = received(receipt -> receipt.member().equals(sleeper)).stream()
                .map(GeneratedFleetTest::created)
                .sorted()
                .toList();
        long wakes = 1;
        for (int i = 1; i < created.size(); i++) {
            Instant before = created.get(i - 1);
            Instant after = created.get(i);
            Duration gap = Duration.between(before, after);
            if (gap.toMinutes() > 10) {
                // what it said while our token was dead is lost
                if (deadTokens().stream().noneMatch(fault -> fault.overlaps(before, after))) {
                    assertThat(gap).isBetween(Duration.ofMinutes(11 * 60 + 30), Duration.ofMinutes(12 * 60 + 30));
                }
                wakes++;
            }
        }

        assertThat(wakes).isBetween(27L, 31L);
        assertThat(created.size()).isBetween((int) wakes * 37, (int) wakes * 44);
    }

    @Test
    void the_battery_is_empty_before_it_is_silent_and_full_after() {
        Member flat = one(Kind.FLAT);
        Incident empty = incident(flat, What.BATTERY_EMPTY);
        List<Report> reports = reports(flat);

        assertThat(reports.stream()
                        .filter(report -> report.at().isBefore(empty.from()))
                        .reduce((_, later) -> later)
                        .map(GeneratedFleetTest::battery)
                        .orElseThrow())
                .isLessThanOrEqualTo(10);
        assertThat(reports.stream().filter(report -> report.at().isAfter(empty.until())))
                .allSatisfy(report -> assertThat(battery(report)).isGreaterThan(49));
    }

    private List<Incident> deadTokens() {
        return fleet.incidents().stream()
                .filter(one -> one.what() == What.DEAD_TOKEN)
                .toList();
    }

    private static double battery(Report report) {
        return Optional.ofNullable(report.readings().get(Measure.BATTERY))
                .orElseThrow()
                .value();
    }

    @Test
    void the_carrier_sees_connections_of_a_device_whose_program_hangs_and_none_of_one_without_power() {
        Member hung = one(Kind.APP_SILENT);
        Member unplugged = one(Kind.UNPLUGGED);
        Incident hang = incident(hung, What.PROGRAM_HUNG);
        Incident noPower = incident(unplugged, What.UNPLUGGED);

        assertThat(connectionAtTheEndOf(hang)).isAfter(hang.from());
        assertThat(connectionAtTheEndOf(noPower)).isBefore(noPower.from());
    }

    @Test
    void the_carrier_says_of_a_suspended_line_that_it_is_suspended() {
        Incident suspension = incident(one(Kind.SUSPENDED), What.LINE_SUSPENDED);
        Life life = fleet.life();

        assertThat(life.isSuspended(
                        suspension.member().orElseThrow(), suspension.from().plusSeconds(1)))
                .isTrue();
        assertThat(life.isSuspended(suspension.member().orElseThrow(), suspension.until()))
                .isFalse();
    }

    @Test
    void a_wrong_clock_is_wrong_in_the_message_and_the_platform_knows_better() {
        assertThat(wrongBy(Kind.CLOCK_AHEAD)).isBetween(Duration.ofHours(23), Duration.ofHours(24));
        assertThat(wrongBy(Kind.CLOCK_BEHIND)).isBetween(Duration.ofHours(-37), Duration.ofHours(-24));
        assertThat(wrongBy(Kind.CLOCK_OF_1970)).isLessThan(Duration.ofDays(-20_000));
    }

    private Duration wrongBy(Kind kind) {
        Receipt any = received(receipt -> receipt.member().kind() == kind).getFirst();
        return Duration.between(updated(any), created(any));
    }

    private Instant connectionAtTheEndOf(Incident incident) {
        Life life = fleet.life();
        Instant day = PLAN.start();
        while (day.isBefore(incident.until())) {
            life.next();
            day = day.plus(Duration.ofDays(1));
        }
        return life.lastConnection(
                        incident.member().orElseThrow(), incident.until().minusSeconds(1))
                .orElseThrow();
    }

    private Member one(Kind kind) {
        return fleet.members().stream()
                .filter(member -> member.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private Incident incident(Member member, What what) {
        return fleet.incidents().stream()
                .filter(one -> one.what() == what
                        && one.member().filter(member::equals).isPresent())
                .findFirst()
                .orElseThrow();
    }

    private List<Report> reports(Member member) {
        return received(receipt -> receipt.member().equals(member)).stream()
                .map(receipt -> Normalised.event(receipt.event(), receipt.receivedAt()))
                .map(Normalised.Understood.class::cast)
                .map(Normalised.Understood::report)
                .sorted((one, other) -> one.at().compareTo(other.at()))
                .toList();
    }

    private List<Receipt> received(Predicate<Receipt> which) {
        List<Receipt> all = new ArrayList<>();
        fleet.life().forEachRemaining(day -> day.stream().filter(which).forEach(all::add));
        return all;
    }

    private static Instant created(Receipt receipt) {
        return Instant.parse(String.valueOf(receipt.event().get("createdon")));
    }

    private static Instant updated(Receipt receipt) {
        return Instant.parse(String.valueOf(receipt.event().get("lastupdated")));
    }

    private static String digest(GeneratedFleet fleet) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        fleet.life()
                .forEachRemaining(day ->
                        day.forEach(receipt -> digest.update(receipt.toString().getBytes(StandardCharsets.UTF_8))));
        return HexFormat.of().formatHex(digest.digest());
    }
}
