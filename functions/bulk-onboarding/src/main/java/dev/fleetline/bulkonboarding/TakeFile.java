package dev.fleetline.bulkonboarding;

import dev.fleetline.bulkonboarding.CsvFile.Line;
import dev.fleetline.bulkonboarding.FileRefused.Why;
import dev.fleetline.bulkonboarding.ResultFiles.FailedRows;
import dev.fleetline.bulkonboarding.Tally.Fate;
import dev.fleetline.bulkonboarding.Upload.Mode;
import dev.fleetline.files.FileStore;
import dev.fleetline.files.FileStore.Opened;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetevents.FleetEvents;
import dev.fleetline.fleetevents.Outgoing;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a file: reads it once for what is wrong with it as a whole and between its rows, and once more for each row.
 * Running it twice on the same file orders nothing twice.
 */
final class TakeFile {

    static final int MOST_ROWS = 100_000;
    static final long MOST_BYTES = 50L * 1024 * 1024;

    /** So many rows are looked up and sent at once, */
    private static final int PAGE = 1_000;

    /** or rows of so many characters. */
    private static final int LONGEST_PAGE = 2_000_000;

    private static final int BETWEEN_PROGRESS = 2_000;

    private final FileStore files;
    private final RowRules rules;
    private final JudgeRows judgeRows;
    private final Bus bus;
    private final InstantSource clock;

    /** Where orders go, and where it is told what became of a file. */
    record Bus(FleetEvents orders, Announcer announcer) {}

    /** What the first reading brings. */
    private record Survey(SeenPairs seen, int rows) {}

    TakeFile(FileStore files, RowRules rules, JudgeRows judgeRows, Bus bus, InstantSource clock) {
        this.files = files;
        this.rules = rules;
        this.judgeRows = judgeRows;
        this.bus = bus;
        this.clock = clock;
    }

    /** An exception means that a store is down, or the file was changed while it was read: the same again. */
    BulkReply run(Upload upload) throws IOException {
        try (ResultFiles results = new ResultFiles(upload, files)) {
            BulkReply reply = take(upload, results);
            results.keep(reply);
            var _ = bus.announcer().announce(List.of(BulkEvents.checked(upload, reply, clock.instant())));
            return reply;
        }
    }

    private BulkReply take(Upload upload, ResultFiles results) throws IOException {
        try {
            Opened first = open(upload);
            Survey survey;
            try (first) {
                survey = survey(first);
            }
            try (Opened second = open(upload)) {
                if (!second.tag().equals(first.tag())) {
                    throw new IllegalStateException(
                            "the file was replaced while it was read; what replaced it is an upload of its own");
                }
                return rows(upload, CsvFile.read(second.bytes()), survey, results);
            }
        } catch (FileRefused refused) {
            refused.faults().forEach(fault -> results.fault(refused.line(), fault));
            return new BulkReply(
                    upload.key(),
                    upload.mode().word(),
                    BulkReply.REFUSED,
                    new Tally().counts(),
                    Optional.of(refused.why().name()),
                    Optional.of(refused.reason()),
                    new BulkReply.Results(Optional.of(results.reportKey()), Optional.empty()));
        }
    }

    private Opened open(Upload upload) {
        return files.open(upload.key())
                .orElseThrow(() -> new IllegalStateException(
                        "the upload was taken away before it was read, or may not be read; upload it again"));
    }

    private Survey survey(Opened file) throws FileRefused {
        if (file.size() > MOST_BYTES) {
            throw FileRefused.of(
                    Why.TOO_LARGE,
                    0,
                    "the file has " + file.size() / (1024 * 1024) + " MB, and may have " + MOST_BYTES / (1024 * 1024),
                    "split it; each part needs the header");
        }
        CsvFile csv = CsvFile.read(file.bytes());
        SeenPairs seen = new SeenPairs(MOST_ROWS);
        int rows = 0;
        for (Optional<Line> line = csv.next(); line.isPresent(); line = csv.next()) {
            rows++;
            if (rows > MOST_ROWS) {
                throw FileRefused.of(
                        Why.TOO_MANY_ROWS,
                        line.get().number(),
                        "the file has more than " + MOST_ROWS + " rows",
                        "split it; each part needs the header");
            }
            int number = (int) line.get().number();
            rules.pair(csv.header(), line.get()).ifPresent(pair -> seen.add(pair.imei(), pair.iccid(), number));
        }
        if (rows == 0) {
            throw FileRefused.of(Why.NO_ROW, 0, "the file has a header and no row", "add a row for each device");
        }
        return new Survey(seen, rows);
    }

    private BulkReply rows(Upload upload, CsvFile csv, Survey survey, ResultFiles results)
            throws IOException, FileRefused {
        csv.header().notes().forEach(note -> results.note(1, note));
        FailedRows failed = results.failedRowsOf(csv);
        Tally tally = new Tally();
        int done = 0;
        boolean isMore = true;
        while (isMore) {
            List<Row> page = page(csv);
            isMore = !page.isEmpty();
            List<Judgement> judged = judgeRows.judge(page, survey.seen());
            for (Judgement one : upload.mode() == Mode.APPLY ? ordered(judged) : judged) {
                long number = one.row().line().number();
                one.faults().forEach(fault -> results.fault(number, fault));
                one.notes().forEach(note -> results.note(number, note));
                if (!one.fate().isGood()) {
                    failed.add(one);
                }
                tally.add(one.fate());
            }
            int before = done / BETWEEN_PROGRESS;
            done += page.size();
            if (done / BETWEEN_PROGRESS > before) {
                results.progress(done, survey.rows());
            }
        }
        return new BulkReply(
                upload.key(),
                upload.mode().word(),
                tally.outcome(),
                tally.counts(),
                Optional.empty(),
                Optional.empty(),
                new BulkReply.Results(Optional.of(results.reportKey()), Optional.of(results.failedKey())));
    }

    /** The next rows; none at the end. */
    private List<Row> page(CsvFile csv) throws FileRefused {
        List<Row> page = new ArrayList<>();
        long characters = 0;
        while (page.size() < PAGE && characters < LONGEST_PAGE) {
            Optional<Line> line = csv.next();
            if (line.isEmpty()) {
                return page;
            }
            page.add(rules.check(csv.header(), line.get()));
            characters += line.get().fields().stream().mapToInt(String::length).sum();
        }
        return page;
    }

    /** Sends what is good; each whose order the bus did not take says so. */
    private List<Judgement> ordered(List<Judgement> judged) {
        Instant now = clock.instant();
        List<Outgoing> orders = judged.stream()
                .filter(one -> one.fate() == Fate.ORDERED)
                .map(one -> BulkEvents.requested(one.order(), now))
                .toList();
        Set<String> taken = bus.orders().publish(orders).accepted();
        return judged.stream()
                .map(one -> one.fate() == Fate.ORDERED
                                && !taken.contains(one.order().onboardingId())
                        ? one.unsent()
                        : one)
                .toList();
    }
}
