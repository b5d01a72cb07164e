package dev.fleetline.fleetreport;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fleetline.device.Imei;
import dev.fleetline.files.FileStore;
import dev.fleetline.files.FileStore.Opened;
import dev.fleetline.fleetevents.FleetEvent.HealthSweepCompleted;
import dev.fleetline.fleetreport.FleetReport.Coverage;
import dev.fleetline.fleetreport.FleetReport.Night;
import dev.fleetline.fleetreport.FleetReport.OwnFaults;
import dev.fleetline.fleetreport.NightsCompared.JudgedBy;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.sweepfiles.SweepFiles;
import dev.fleetline.sweepfiles.SweepFiles.Gap;
import dev.fleetline.sweepfiles.SweepFolder;
import dev.fleetline.sweepfiles.SweepKind;
import dev.fleetline.sweepfiles.SweepSummary;
import dev.fleetline.sweepfiles.SweptDevice;
import dev.fleetline.sweepfiles.SweptLoss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Reads the files of a night and of the one before, device by device, and keeps the page, the spreadsheet and the JSON.
 * Done twice it keeps the same again. What of the files cannot be read is told in the report, and is not the end of it.
 */
final class WriteReport {

    /** Says where the newest report is. */
    static final String LATEST = "reports/latest.json";

    private static final int MOST_SHOWN = 100;

    private static final JsonMapper JSON =
            EdgeJson.JSON.rebuild().addMixIn(Imei.class, ImeiAsText.class).build();

    private final FileStore store;
    private final SweepFiles sweeps;
    private final ReportPage page;
    private final Period nextVisit;
    private final JudgedBy judgedBy;

    WriteReport(FileStore store, ReportPage page, Period nextVisit, JudgedBy judgedBy) {
        this.store = store;
        this.sweeps = new SweepFiles(store);
        this.page = page;
        this.nextVisit = nextVisit;
        this.judgedBy = judgedBy;
    }

    /**
     * Writes the report of the pass in this folder.
     *
     * @throws IllegalStateException when the pass is not concluded
     */
    ReportReply run(SweepFolder folder) throws IOException {
        SweepSummary tonight = sweeps.summary(folder)
                .orElseThrow(() -> new IllegalStateException("there is no summary in " + folder.path()));
        if (tonight.kind() != SweepKind.FLEET) {
            return ReportReply.passedOver(
                    tonight.completed().sweepId(), tonight.completed().startedAt());
        }
        Path work = Files.createTempDirectory("report-");
        try {
            return write(tonight, work);
        } finally {
            try (Stream<Path> left = Files.list(work)) {
                for (Path file : left.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(work);
        }
    }

    private ReportReply write(SweepSummary tonight, Path work) throws IOException {
        List<String> unreadable = new ArrayList<>();
        NightBefore before = before(tonight, unreadable);
        Instant startedAt = tonight.completed().startedAt();
        var compared = new NightsCompared(
                before,
                startedAt,
                startedAt.atZone(ZoneOffset.UTC).plus(nextVisit).toInstant(),
                MOST_SHOWN);
        Path csv = work.resolve("devices.csv");
        try (DevicesCsv rows = new DevicesCsv(csv)) {
            read(tonight, unreadable, device -> rows.add(device, compared.add(device)), _ -> {});
            compared.notJudged().forEach(rows::add);
        }
        FleetReport report = compared.report(night(tonight, before), judgedBy, ownFaults(tonight, unreadable));
        Path html = work.resolve("index.html");
        page.write(report, html);
        Path json = Files.write(work.resolve("report.json"), JSON.writeValueAsBytes(report));
        ReportReply.Files files =
                ReportReply.Files.in("reports/" + tonight.folder().path().substring("sweeps/fleet/".length()));
        store.write(files.devices(), csv, "text/csv; charset=utf-8");
        store.write(files.report(), json, "application/json");
        store.write(files.page(), html, "text/html; charset=utf-8");
        ReportReply reply = ReportReply.written(report, files);
        if (isNewest(reply)) {
            store.write(
                    LATEST,
                    Files.write(work.resolve("latest.json"), JSON.writeValueAsBytes(reply)),
                    "application/json");
        }
        return reply;
    }

    private NightBefore before(SweepSummary tonight, List<String> unreadable) {
        Optional<SweepSummary> summary = sweeps.before(tonight);
        if (summary.isEmpty() && tonight.previous().isPresent()) {
            unreadable.add("the night before, " + tonight.previous().get() + ", is not there");
        }
        var before = new NightBefore(summary.map(then -> then.completed().startedAt()));
        summary.ifPresent(then -> {
            List<String> gaps = new ArrayList<>();
            read(then, gaps, before::add, before::addNotJudged);
            if (!gaps.isEmpty() || then.completed().coverage().failedSegments() > 0) {
                before.lacksSome();
            }
            unreadable.addAll(gaps);
        });
        return before;
    }

    /** The losses first: they are few, and say what has become of what the devices' lines only found. */
    private void read(
            SweepSummary night, List<String> unreadable, Consumer<RatedDevice> judged, Consumer<Imei> notJudged) {
        Map<Imei, SweptLoss> losses = new HashMap<>();
        List<Gap> gaps = new ArrayList<>(
                sweeps.readableLosses(night, loss -> losses.put(loss.lost().imei(), loss)));
        Consumer<SweptDevice> each = device -> {
            Imei imei = device.who().imei();
            if (device.skipped().isPresent()) {
                notJudged.accept(imei);
            } else {
                judged.accept(RatedDevice.of(device, Optional.ofNullable(losses.get(imei))));
            }
        };
        gaps.addAll(sweeps.readableDevices(night, each));
        gaps.stream().map(Gap::inWords).forEach(unreadable::add);
    }

    private static Night night(SweepSummary tonight, NightBefore before) {
        HealthSweepCompleted said = tonight.completed();
        return new Night(
                said.sweepId(),
                said.startedAt(),
                before.startedAt(),
                new Coverage(
                        said.coverage().judged(),
                        said.coverage().active(),
                        said.coverage().ratio(),
                        said.coverage().complete(),
                        said.suspect()));
    }

    private static OwnFaults ownFaults(SweepSummary tonight, List<String> unreadable) {
        HealthSweepCompleted said = tonight.completed();
        return new OwnFaults(
                said.faults(),
                said.coverage().reasons(),
                tonight.skipped().stream()
                        .map(one -> one.device() + ", " + one.reason())
                        .toList(),
                said.coverage().failedSegments(),
                said.verification().missedReports(),
                said.verification().unverified(),
                unreadable);
    }

    /** An old pass that is told of once more leaves the newest report the newest. */
    private boolean isNewest(ReportReply reply) throws IOException {
        Optional<Opened> latest = store.open(LATEST);
        if (latest.isEmpty()) {
            return true;
        }
        try (Opened opened = latest.get()) {
            ReportReply newest = JSON.readValue(opened.bytes().readAllBytes(), ReportReply.class);
            return !newest.startedAt().isAfter(reply.startedAt());
        }
    }

    private interface ImeiAsText {
        @JsonValue
        String digits();
    }
}
