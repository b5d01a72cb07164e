package dev.fleetline.fleetreport;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.fleetline.device.Severity;
import dev.fleetline.fleetreport.Change.State;
import dev.fleetline.fleetreport.RatedDevice.BatteryEnd;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * All devices of a night as a spreadsheet: a row for each trouble, and one for a device without any. What people typed
 * is guarded: no spreadsheet takes it for a formula.
 */
final class DevicesCsv implements AutoCloseable {

    private static final String BOM = "\uFEFF";

    /** What a spreadsheet begins to reckon at, also in full width and behind blanks. */
    private static final Pattern FORMULA =
            Pattern.compile("^[\\s\\p{C}]*[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20|].*", Pattern.DOTALL);

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}]");

    private final BufferedWriter text;
    private final CsvWriter rows;

    /** With the heading written. */
    DevicesCsv(Path file) throws IOException {
        text = Files.newBufferedWriter(file, UTF_8);
        text.write(BOM);
        rows = CsvWriter.builder().build(text);
        rows.writeRecord(
                "imei",
                "name",
                "model",
                "site",
                "cell",
                "battery_percent",
                "rsrp_dbm",
                "last_seen",
                "condition",
                "change",
                "severity",
                "severity_before",
                "cause",
                "since",
                "verified",
                "told_with_another",
                "battery_end",
                "battery_end_earliest",
                "battery_end_latest");
    }

    /** A device that was judged, and what has become of its troubles. */
    void add(RatedDevice device, List<Change> changes) {
        if (changes.isEmpty()) {
            write(device, Optional.empty());
        }
        changes.forEach(change -> write(device, Optional.of(change)));
    }

    /** A device that was in trouble the night before and was not judged in this one. */
    void add(Change notJudged) {
        write(
                new RatedDevice(
                        notJudged.device(),
                        new RatedDevice.Whereabouts(Optional.of(notJudged.where()), Optional.empty()),
                        new RatedDevice.Measured(
                                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                        List.of()),
                Optional.of(notJudged));
    }

    private void write(RatedDevice device, Optional<Change> change) {
        Optional<State> state = change.map(Change::state);
        rows.writeRecord(
                device.device().imei().digits(),
                typed(device.device().name()),
                typed(device.device().model()),
                typed(device.where().site()),
                typed(device.where().cell()),
                number(device.measured().battery()),
                number(device.measured().rsrp()),
                time(device.measured().lastSeen()),
                change.map(one -> one.condition().name()).orElse(""),
                change.map(one -> one.kind().word()).orElse(""),
                state.map(State::now).map(DevicesCsv::severity).orElse(""),
                state.map(State::before).map(DevicesCsv::severity).orElse(""),
                state.flatMap(State::cause).orElse(""),
                time(state.map(State::since)),
                state.map(is -> Boolean.toString(!is.unverified())).orElse(""),
                state.map(is -> Boolean.toString(is.suppressed())).orElse(""),
                time(device.measured().end().map(BatteryEnd::expected)),
                time(device.measured().end().map(BatteryEnd::earliest)),
                time(device.measured().end().map(BatteryEnd::latest)));
    }

    private static String severity(Severity severity) {
        return severity == Severity.NONE ? "" : severity.name();
    }

    private static String number(Optional<Double> value) {
        return value.map(String::valueOf).orElse("");
    }

    private static String time(Optional<Instant> at) {
        return at.map(Instant::toString).orElse("");
    }

    /** An apostrophe first has every spreadsheet take the rest for text. */
    static String typed(Optional<String> text) {
        String plain = text.map(given -> CONTROL.matcher(given).replaceAll(" ")).orElse("");
        return FORMULA.matcher(plain).matches() ? "'" + plain : plain;
    }

    @Override
    public void close() throws IOException {
        rows.close();
        text.close();
    }
}
