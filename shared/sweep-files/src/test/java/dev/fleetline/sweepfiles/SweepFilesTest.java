package dev.fleetline.sweepfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.device.Charging;
import dev.fleetline.device.Condition;
import dev.fleetline.device.DeviceId;
import dev.fleetline.device.Finding.Cause;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Severity;
import dev.fleetline.fleetevents.FleetEvent.AlertCounts;
import dev.fleetline.fleetevents.FleetEvent.Coverage;
import dev.fleetline.fleetevents.FleetEvent.HealthSweepCompleted;
import dev.fleetline.fleetevents.FleetEvent.Verification;
import dev.fleetline.sweepfiles.SweptDevice.Battery;
import dev.fleetline.sweepfiles.SweptDevice.Contact;
import dev.fleetline.sweepfiles.SweptDevice.End;
import dev.fleetline.sweepfiles.SweptDevice.Found;
import dev.fleetline.sweepfiles.SweptDevice.Point;
import dev.fleetline.sweepfiles.SweptDevice.Signal;
import dev.fleetline.sweepfiles.SweptDevice.Who;
import dev.fleetline.sweepfiles.SweptLoss.CarrierWord;
import dev.fleetline.sweepfiles.SweptLoss.Outcome;
import dev.fleetline.testing.InMemoryFiles;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SweepFilesTest {

    private static final Instant NIGHT = Instant.parse("2026-03-03T02:00:00Z");
    private static final Imei TRACKER = new Imei("999999000000014");

    private final InMemoryFiles store = new InMemoryFiles();
    private final SweepFiles files = new SweepFiles(store);

    @Test
    void every_device_of_every_part_is_read_again_as_it_was_written() {
        SweepSummary night = night(NIGHT, List.of(2, 0, 1), Optional.empty());
        keep(night.folder().devices(0, 0), known());
        keep(night.folder().devices(0, 1), neverSeen());
        keep(night.folder().devices(2, 0), known(), neverSeen());

        List<SweptDevice> read = new ArrayList<>();
        files.devices(night, read::add);

        assertThat(read).containsExactly(known(), neverSeen(), known(), neverSeen());
    }

    @Test
    void what_became_of_a_loss_is_read_again_as_it_was_written() {
        SweepSummary night = night(NIGHT, List.of(1), Optional.empty());
        SweptLoss loss = new SweptLoss(
                new LossCandidate(
                        TRACKER,
                        "0999000001-00001",
                        "m2m",
                        Optional.of("north"),
                        Optional.empty(),
                        Condition.NETWORK_LOST,
                        Severity.CRITICAL,
                        NIGHT.minus(Duration.ofDays(4)),
                        1.3,
                        true,
                        Optional.of(Cause.APP_SILENT)),
                Optional.of(Outcome.RAISED),
                Optional.of("APP_SILENT"),
                Optional.of("site#north"),
                new CarrierWord(true, Optional.of("active"), Optional.of(NIGHT), Optional.empty()));
        keep(night.folder().concluded(0), loss);

        List<SweptLoss> read = new ArrayList<>();
        files.losses(night, read::add);

        assertThat(read).containsExactly(loss);
    }

    @Test
    void nights_are_found_from_the_newest_backwards() {
        SweepSummary first = night(NIGHT, List.of(1), Optional.empty());
        SweepSummary second = night(
                NIGHT.plus(Duration.ofDays(1)),
                List.of(1),
                Optional.of(first.folder().path()));
        files.conclude(first);
        files.conclude(second);

        assertThat(files.latest(SweepKind.FLEET)).contains(second);
        assertThat(files.before(second)).contains(first);
        assertThat(files.before(first)).isEmpty();
        assertThat(files.latest(SweepKind.OVERDUE)).isEmpty();
        assertThat(files.summary(second.folder())).contains(second);
    }

    @Test
    void a_field_of_a_later_version_is_passed_over() {
        SweepSummary night = night(NIGHT, List.of(1), Optional.empty());
        keep(night.folder().devices(0, 0), neverSeen());
        String later =
                store.text(night.folder().devices(0, 0)).orElseThrow().replaceFirst("\\{", "{\"moon\":\"full\",");
        store.put(night.folder().devices(0, 0), later.getBytes(StandardCharsets.UTF_8));

        List<SweptDevice> read = new ArrayList<>();
        files.devices(night, read::add);

        assertThat(read).containsExactly(neverSeen());
    }

    @Test
    void a_file_that_was_begun_and_not_kept_is_not_there() {
        try (JsonLines<SweptDevice> begun = files.write("sweeps/fleet/2026-03-03/x/segment-0000-00.devices.jsonl")) {
            begun.add(known());
            assertThat(begun.lines()).isEqualTo(1);
        }

        assertThat(store.names()).isEmpty();
    }

    @Test
    void names_hold_nothing_that_a_path_should_not() {
        SweepFolder folder = SweepFolder.of(SweepKind.FLEET, NIGHT, "2026-03-03T02:00:00Z#2/../x");

        assertThat(folder.path()).isEqualTo("sweeps/fleet/2026-03-03/2026-03-03T02-00-00Z-2-..-x");
        assertThat(folder.devices(7, 0)).endsWith("/segment-0007-00.devices.jsonl");
        assertThat(folder.candidates(7, 1)).endsWith("/segment-0007-01.candidates.jsonl");
        assertThatThrownBy(() -> new SweepFolder("incoming/check/june.csv"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_line_shows_its_device_in_a_log_masked_only() {
        assertThat(known().toString()).doesNotContain(TRACKER.digits()).doesNotContain("Mill");
    }

    @SafeVarargs
    private <T> void keep(String name, T... lines) {
        try (JsonLines<T> file = files.write(name)) {
            for (T line : lines) {
                file.add(line);
            }
            file.keep();
        }
    }

    private static SweepSummary night(Instant at, List<Integer> parts, Optional<String> previous) {
        return new SweepSummary(
                SweepSummary.SCHEMA,
                new HealthSweepCompleted(
                        "02fe686eb5624f9c37f87c12cc711a9b",
                        at.toString(),
                        "fleet",
                        at,
                        9,
                        new Coverage(4, 5, 1, Map.of("UNREADABLE", 1), 0, 0.8, false),
                        new AlertCounts(1, 2, 0, 0, 1, 0),
                        new Verification(3, 2, 1, 0),
                        List.of("platform#core"),
                        false,
                        SweepFolder.of(SweepKind.FLEET, at, at.toString()).path()),
                at.plusSeconds(9),
                parts,
                1,
                previous);
    }

    private static SweptDevice known() {
        return new SweptDevice(
                new Who(
                        TRACKER,
                        Optional.of(new DeviceId("00000000-0000-0000-0000-000000000014")),
                        Optional.of("Mill 3"),
                        Optional.of("Asset-Tracker-2"),
                        Optional.of("yard"),
                        Optional.of("north"),
                        Optional.of("311480-1"),
                        "0999000001-00001",
                        "core"),
                "IN_SERVICE",
                Optional.empty(),
                new Contact(
                        Optional.of(NIGHT.minusSeconds(60)),
                        NIGHT.minus(Duration.ofDays(90)),
                        Duration.ofHours(12),
                        Duration.ofMinutes(72),
                        "learned"),
                Optional.of(new Battery(
                        List.of(
                                new Point(NIGHT.minusSeconds(3600), 21, Optional.of(Charging.NO)),
                                new Point(NIGHT.minusSeconds(60), 8.5, Optional.of(Charging.UNKNOWN))),
                        Optional.of(new End(
                                NIGHT.plus(Duration.ofDays(2)),
                                NIGHT.plus(Duration.ofDays(3)),
                                NIGHT.plus(Duration.ofDays(5)))))),
                new Signal(List.of(new Point(NIGHT, -101, Optional.empty())), List.of()),
                List.of(new Found(
                        Condition.BATTERY_LOW,
                        Severity.CRITICAL,
                        NIGHT.minusSeconds(60),
                        Optional.empty(),
                        Optional.of(8.5))),
                new AlertCounts(1, 0, 0, 0, 0, 0));
    }

    private static SweptDevice neverSeen() {
        return new SweptDevice(
                new Who(
                        TRACKER,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        "0999000001-00001",
                        "m2m"),
                "ACTIVE_UNSEEN",
                Optional.of("FAILED"),
                new Contact(Optional.empty(), NIGHT, Duration.ofHours(24), Duration.ofMinutes(144), "fleet"),
                Optional.empty(),
                new Signal(List.of(), List.of()),
                List.of(),
                new AlertCounts(0, 0, 0, 0, 0, 0));
    }
}
