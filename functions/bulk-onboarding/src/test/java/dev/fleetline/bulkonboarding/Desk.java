package dev.fleetline.bulkonboarding;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Device;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.onboarding.OrderRules.Admitted;
import dev.fleetline.onboarding.OrderRules.Defaults;
import dev.fleetline.testing.InMemoryDeviceRegistry;
import dev.fleetline.testing.InMemoryFiles;
import dev.fleetline.testing.InMemoryKnownDevices;
import dev.fleetline.testing.InMemoryOutbox;
import dev.fleetline.testing.InMemoryStore;
import dev.fleetline.testing.RecordingFleetEvents;
import dev.fleetline.testing.SampleFleet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The function on fakes, and what somebody does who uploads a file and looks at what comes back. */
final class Desk {

    static final String ACCOUNT = "0999000001-00001";

    final InMemoryStore store = new InMemoryStore();
    final InMemoryFiles files = new InMemoryFiles();
    final RecordingFleetEvents bus = new RecordingFleetEvents();
    final TakeFile takeFile = new TakeFile(
            files,
            new RowRules(
                    new Defaults(ACCOUNT, "core", Optional.empty(), Optional.empty()),
                    new Admitted(Set.of("core", "m2m"), Set.of("891480"), Set.of())),
            new JudgeRows(new InMemoryKnownDevices(store)),
            new TakeFile.Bus(bus, new Announcer(new InMemoryOutbox(store), bus)),
            InstantSource.fixed(Instant.parse("2026-03-02T15:00:00Z")));

    /** One line of the report. */
    record Found(String line, String kind, String field, String rule, String fix) {}

    /** A row of numbered ids, {@code imei;iccid}. */
    static String row(int device, int sim) {
        return SampleFleet.imei(device).digits() + ";" + SampleFleet.iccid(sim).digits();
    }

    BulkReply check(String content) {
        return take("incoming/check/june.csv", content.getBytes(UTF_8));
    }

    BulkReply check(byte[] content) {
        return take("incoming/check/june.csv", content);
    }

    BulkReply apply(String content) {
        return take("incoming/apply/june.csv", content.getBytes(UTF_8));
    }

    BulkReply take(String key, byte[] content) {
        files.put(key, content);
        return again(key);
    }

    BulkReply again(String key) {
        try {
            return takeFile.run(Upload.of(key, "tag").orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void has(Device device) {
        new InMemoryDeviceRegistry(store).save(device.at(0), Consequences.NONE);
    }

    /** A device that is stored is ordered with another SIM, and the one that it had is not let go of. */
    void gets(Device device, Iccid sim) {
        Device.Order order = device.order();
        new InMemoryDeviceRegistry(store)
                .save(
                        device.at(1)
                                .orderedAgain(
                                        new Device.Order("next", sim, order.account(), order.carrier()),
                                        device.profile(),
                                        new Lifecycle.Requested(SampleFleet.NOON)),
                        Consequences.NONE);
    }

    List<Found> report() {
        return records("results/june/report.csv", ',').stream()
                .skip(1)
                .map(found -> new Found(
                        found.getField(0), found.getField(1), found.getField(2), found.getField(3), found.getField(4)))
                .toList();
    }

    String failed() {
        return files.text("results/june/failed.csv").orElseThrow();
    }

    List<JsonNode> orders() {
        return bus.published("DeviceOnboardingRequested").stream()
                .map(event -> json(event.detail()))
                .toList();
    }

    JsonNode told() {
        return json(bus.published("BulkOnboardingChecked").getLast().detail());
    }

    private List<CsvRecord> records(String name, char separator) {
        String text = files.text(name).orElseThrow();
        try (CsvReader<CsvRecord> csv =
                CsvReader.builder().fieldSeparator(separator).ofCsvRecord(text)) {
            return csv.stream().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return EdgeJson.JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
