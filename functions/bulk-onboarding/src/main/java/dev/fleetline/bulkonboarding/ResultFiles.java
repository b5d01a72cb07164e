package dev.fleetline.bulkonboarding;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.fleetline.files.FileStore;
import dev.fleetline.fleetevents.FleetEvent.Fault;
import dev.fleetline.lambda.EdgeJson;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What people get back of a file. Grows on the local disk while rows are judged, and is kept where the upload was when
 * all are; so nobody finds half a report, and memory holds none of it.
 */
final class ResultFiles implements AutoCloseable {

    private static final String CSV = "text/csv; charset=utf-8";
    private static final String JSON = "application/json";
    private static final String REPORT = "report.csv";
    private static final String FAILED = "failed.csv";
    private static final String BOM = "\uFEFF";

    private final Upload upload;
    private final FileStore files;
    private final Path folder;
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final CsvWriter report;

    /** Of an upload; its parts grow in a folder of their own. */
    ResultFiles(Upload upload, FileStore files) throws IOException {
        this.upload = upload;
        this.files = files;
        this.folder = Files.createTempDirectory("bulk-");
        this.report = writer(REPORT, ',', true);
        report.writeRecord("line", "kind", "field", "rule", "fix");
    }

    /** The rows that are not taken, in the shape of their file. */
    final class FailedRows {
        private final Header header;
        private final CsvWriter rows;
        private final int columns;

        private FailedRows(CsvFile csv) throws IOException {
            this.header = csv.header();
            this.rows = writer(FAILED, csv.separator(), csv.hasBom());
            this.columns =
                    (int) header.names().stream().filter(FailedRows::isOriginal).count();
            rows.writeRecord(
                    with(header.names().stream().filter(FailedRows::isOriginal).toList(), Header.FAULTS));
        }

        /** Its original fields, and what is wrong with it in the last column. */
        void add(Judgement judgement) {
            List<String> fields = judgement.row().line().fields();
            List<String> original = new ArrayList<>();
            for (int place = 0; place < fields.size(); place++) {
                if (place >= header.names().size() || isOriginal(header.names().get(place))) {
                    original.add(fields.get(place));
                }
            }
            while (original.size() < columns) {
                original.add("");
            }
            // what is too much would push the faults out of their column: it is told, and cut off
            rows.writeRecord(with(
                    original.subList(0, columns),
                    judgement.faults().stream()
                            .map(fault -> fault.field() + ": " + fault.rule())
                            .collect(Collectors.joining("; "))));
        }

        /** Faults of a file that was sent again are those of last time. */
        private static boolean isOriginal(String name) {
            return !name.strip().equalsIgnoreCase(Header.FAULTS);
        }

        private static List<String> with(List<String> fields, String last) {
            return Stream.concat(fields.stream(), Stream.of(last)).toList();
        }
    }

    FailedRows failedRowsOf(CsvFile csv) throws IOException {
        return new FailedRows(csv);
    }

    /** A finding that keeps a row, or the whole file, from being ordered. */
    void fault(long line, Fault fault) {
        add(line, "fault", fault);
    }

    /** A finding that keeps nothing from anything. */
    void note(long line, Fault fault) {
        add(line, "note", fault);
    }

    /** How far it is, for whoever waits. */
    void progress(int rows, int of) {
        try {
            Path file = folder.resolve("progress.json");
            Files.writeString(
                    file,
                    EdgeJson.JSON
                            .createObjectNode()
                            .put("rows", rows)
                            .put("of", of)
                            .toString());
            files.write(upload.result("progress.json"), file, JSON);
        } catch (IOException e) {
            throw new UncheckedIOException("the disk takes no more", e);
        }
    }

    /** Keeps what there is, {@code report.json} last: who finds that finds the others. */
    void keep(BulkReply reply) throws IOException {
        closeWriters();
        files.write(upload.result(REPORT), folder.resolve(REPORT), CSV);
        if (reply.results().failed().isPresent()) {
            files.write(upload.result(FAILED), folder.resolve(FAILED), CSV);
        }
        Path summary = folder.resolve("report.json");
        Files.write(summary, EdgeJson.JSON.writeValueAsBytes(reply));
        files.write(upload.result("report.json"), summary, JSON);
    }

    String reportKey() {
        return upload.result(REPORT);
    }

    String failedKey() {
        return upload.result(FAILED);
    }

    @Override
    public void close() throws IOException {
        closeWriters();
        try (Stream<Path> left = Files.list(folder)) {
            for (Path file : left.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private void add(long line, String kind, Fault fault) {
        report.writeRecord(line > 0 ? Long.toString(line) : "", kind, fault.field(), fault.rule(), fault.fix());
    }

    private CsvWriter writer(String name, char separator, boolean withBom) throws IOException {
        BufferedWriter text = Files.newBufferedWriter(folder.resolve(name), UTF_8);
        opened.add(text);
        if (withBom) {
            text.write(BOM);
        }
        CsvWriter writer = CsvWriter.builder().fieldSeparator(separator).build(text);
        opened.add(writer);
        return writer;
    }

    private void closeWriters() throws IOException {
        for (AutoCloseable writer : opened.reversed()) {
            try {
                writer.close();
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
        opened.clear();
    }
}
