package dev.fleetline.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.device.Normalised.Refused;
import dev.fleetline.device.Normalised.Understood;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stories that went wrong elsewhere. */
class HealthStoriesTest {

    private static final Instant NOON = Trackers.NOON;
    private static final Health HEALTH = new Health(HealthSettings.DEFAULTS);

    @Test
    void a_device_that_sleeps_twelve_hours_and_chatters_at_each_wake_raises_nothing_though_nobody_declared_that() {
        Random jitter = new Random(11);
        Device device = Trackers.undeclared("other");
        for (int wake = 0; wake < 62; wake++) {
            Instant awake = NOON.plus(Duration.ofHours(12L * wake)).plusSeconds(jitter.nextInt(1_200));
            assertThat(trouble(device, awake.minusSeconds(1))).isEmpty();
            for (int report = 0; report < 40; report++) {
                device = Trackers.measured(device, awake.plusMillis(1_500L * report), Measure.BATTERY, 80);
            }
            assertThat(trouble(device, awake.plusSeconds(60))).isEmpty();
        }
        assertThat(HEALTH.expected(device, Circumstances.NONE).interval())
                .isBetween(Duration.ofHours(12), Duration.ofHours(13));
    }

    @Test
    void eight_eight_and_twenty_two_end_alike_in_any_order_of_arrival() {
        List<Report> reports = List.of(
                Trackers.battery(NOON, 8),
                Trackers.battery(NOON.plusSeconds(60), 8),
                Trackers.battery(NOON.plusSeconds(120), 22));
        Device inOrder = after(reports);

        for (List<Report> order : permutations(reports)) {
            assertThat(after(order).vitals()).isEqualTo(inOrder.vitals());
        }
        assertThat(battery(inOrder)).isEqualTo(Severity.WARNING);
    }

    @Test
    void a_battery_that_crosses_the_line_and_then_tells_forty_times_of_twenty_two_is_still_low() {
        List<Report> reports =
                new ArrayList<>(List.of(Trackers.battery(NOON, 20), Trackers.battery(NOON.plusSeconds(1), 20)));
        for (int second = 2; second < 42; second++) {
            reports.add(Trackers.battery(NOON.plusSeconds(second), 22));
        }

        assertThat(battery(after(reports))).isEqualTo(Severity.WARNING);

        Collections.shuffle(reports.subList(2, reports.size()), new Random(3));
        assertThat(battery(after(reports))).isEqualTo(Severity.WARNING);
    }

    @ParameterizedTest(name = "a clock that says {0}")
    @CsvSource({"2026-03-03T12:00:00Z", "2026-03-01T12:00:00Z", "1970-01-01T00:00:07Z"})
    void a_wrong_clock_neither_hides_a_low_battery_nor_a_loss(String clock) {
        Device device = Trackers.inService();
        for (String percent : List.of("15", "14")) {
            Map<String, Object> event = Map.of(
                    "deviceid",
                    Trackers.UID.value(),
                    "lastupdated",
                    percent.equals("15") ? "2026-03-02T11:59:00Z" : "2026-03-02T12:00:00Z",
                    "createdon",
                    percent.equals("15") ? clock : clock.replace(":00Z", ":30Z").replace(":07Z", ":37Z"),
                    "fields",
                    Map.of("battery", percent));
            device = device.reported(report(event), HealthSettings.DEFAULTS, NOON);
        }

        assertThat(battery(device)).isEqualTo(Severity.WARNING);
        assertThat(device.vitals().lastSeen().orElseThrow()).isBeforeOrEqualTo(NOON.plus(Duration.ofMinutes(5)));
        assertThat(loss(device, NOON.plus(Duration.ofHours(13)))).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void a_document_that_somebody_edited_is_no_report_and_one_with_a_new_value_is() {
        Device device = Trackers.measured(Trackers.inService(), NOON, Measure.BATTERY, 80);
        Instant edited = NOON.plus(Duration.ofHours(20));

        Device same = device.reported(document(edited, "80"), HealthSettings.DEFAULTS, edited);
        assertThat(same).isEqualTo(device);
        assertThat(loss(same, edited)).isEqualTo(Severity.CRITICAL);

        Device changed = device.reported(document(edited, "79"), HealthSettings.DEFAULTS, edited);
        assertThat(changed.vitals().lastSeen()).contains(edited);
        assertThat(loss(changed, edited)).isEqualTo(Severity.NONE);
    }

    @Test
    void a_document_without_a_reading_activates_nobody() {
        Device device = Trackers.inState(new Lifecycle.ActiveUnseen(NOON));

        assertThat(device.reported(
                        report(Normalised.document(
                                Map.of("id", Trackers.UID.value(), "lastupdated", "2026-03-02T12:00:00Z"), NOON)),
                        HealthSettings.DEFAULTS,
                        NOON))
                .isEqualTo(device);
    }

    @Test
    void what_is_missing_ends_no_condition_and_begins_none() {
        Device low = after(List.of(Trackers.battery(NOON, 8)));
        Device silent = Trackers.alive(low, NOON.plusSeconds(60));

        assertThat(battery(silent)).isEqualTo(Severity.CRITICAL);
        assertThat(trouble(Trackers.alive(Trackers.inService(), NOON), NOON)).isEmpty();
    }

    @Test
    void a_change_of_the_line_counts_for_the_model_and_its_alert_says_so() {
        HealthSettings settings = new HealthSettings(
                Map.of(), Map.of("Asset-Tracker-2", Map.of(HealthSetting.BATTERY_WARNING, 40.0)), Map.of());
        Device device = Trackers.undeclared("Asset-Tracker-2");
        for (int second = 0; second < 2; second++) {
            device = device.reported(Trackers.battery(NOON.plusSeconds(second), 35), settings, NOON);
        }

        Finding finding = finding(new Health(settings), device, Condition.BATTERY_LOW, NOON);

        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.observed().orElseThrow().origin()).isEqualTo("model");
        assertThat(finding.observed().orElseThrow().clearAt()).isEqualTo(45);
    }

    private static Report document(Instant updated, String battery) {
        return report(Normalised.document(
                Map.of(
                        "id", Trackers.UID.value(),
                        "lastupdated", updated.toString(),
                        "fields", Map.of("battery", battery)),
                updated));
    }

    private static Report report(Map<String, ?> event) {
        return report(Normalised.event(event, NOON));
    }

    private static Report report(Normalised read) {
        return switch (read) {
            case Understood(var report) -> report;
            case Refused refused -> throw new AssertionError(refused.toString());
        };
    }

    private static Device after(List<Report> reports) {
        Device device = Trackers.inService();
        for (Report report : reports) {
            device = device.reported(report, HealthSettings.DEFAULTS, NOON);
        }
        return device;
    }

    private static List<List<Report>> permutations(List<Report> reports) {
        if (reports.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Report>> all = new ArrayList<>();
        for (Report first : reports) {
            List<Report> rest = new ArrayList<>(reports);
            rest.remove(first);
            for (List<Report> order : permutations(rest)) {
                List<Report> whole = new ArrayList<>(List.of(first));
                whole.addAll(order);
                all.add(whole);
            }
        }
        return all;
    }

    private static List<Finding> trouble(Device device, Instant now) {
        return HEALTH.judge(device, now).stream()
                .filter(finding -> finding.severity() != Severity.NONE)
                .toList();
    }

    private static Severity battery(Device device) {
        return finding(HEALTH, device, Condition.BATTERY_LOW, NOON).severity();
    }

    private static Severity loss(Device device, Instant now) {
        return finding(HEALTH, device, Condition.NETWORK_LOST, now).severity();
    }

    private static Finding finding(Health health, Device device, Condition condition, Instant now) {
        return health.judge(device, now).stream()
                .filter(found -> found.condition() == condition)
                .findFirst()
                .orElseThrow();
    }
}
