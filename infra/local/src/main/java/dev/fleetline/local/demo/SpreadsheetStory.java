package dev.fleetline.local.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.files.FileStore;
import dev.fleetline.files.FileStore.Opened;
import dev.fleetline.filess3.S3FileStore;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.local.demo.OrderBook.Ordered;
import dev.fleetline.local.demo.OrderBook.Realm;
import dev.fleetline.local.demo.Steps.Seen;
import dev.fleetline.testing.aws.LoopbackAws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;

/** A spreadsheet with every fault: checked, applied, what was not taken corrected and sent again, and all of it twice. */
final class SpreadsheetStory {

    private static final Ordered TRACKER = Ordered.of(Realm.CORE, 31);
    private static final Ordered LINE = Ordered.of(Realm.M2M, 32);
    private static final Ordered CORRECTED = Ordered.of(Realm.M2M, 33);

    private static final String HEADER = "iccid;IMEI;name;carrier;servicePlan;zip;reportingInterval";
    private static final String TO_BE_CORRECTED = "8914;99999900000033A";
    private static final int FAULTY = 8;
    private static final int DUPLICATES = 5;

    private static final Duration A_WHILE = Duration.ofMinutes(6);

    private final Scene scene;
    private final OrderBook orders;

    SpreadsheetStory(Scene scene, OrderBook orders) {
        this.scene = scene;
        this.orders = orders;
    }

    void play() {
        JsonNode where = scene.fleetline().files();
        try (S3Client s3 = LoopbackAws.aim(
                        S3FileStore.plainly(S3Client.builder()),
                        URI.create(where.path("endpoint").asText()))
                .build()) {
            FileStore files = new S3FileStore(s3, where.path("bucket").asText());
            Steps steps = scene.steps();
            steps.step("A spreadsheet with every fault is checked", () -> checked(files));
            steps.step("It is applied", () -> applied(files));
            steps.step("A row that was not taken is corrected, and sent again", () -> corrected(files));
            steps.step("The same files are applied once more", () -> again(files));
        }
    }

    /** Two good rows, one of a device that is in service, one of a SIM that another device has, and the bad ones. */
    private static String sheet() {
        String taken = OrderStory.TOGETHER.getFirst().sim().iccid();
        return Stream.of(
                        HEADER,
                        row(TRACKER, "core;;;PT4H"),
                        row(LINE, "m2m;m2m_4G;98801;"),
                        row(OrderStory.FIRST, "core;;;"),
                        taken + ";" + Ordered.of(Realm.CORE, 41).sim().imei()
                                + ";a SIM that another device has;core;;;",
                        TO_BE_CORRECTED + ";letters, and an ICCID that is too short;m2m;m2m_4G;98801;",
                        "8.91480E+19;" + Ordered.of(Realm.CORE, 42).sim().imei() + ";as a spreadsheet shows it;core;;;",
                        "89148000009999900000;"
                                + Ordered.of(Realm.CORE, 43).sim().imei() + ";as it rounds it;core;;;",
                        ";" + Ordered.of(Realm.CORE, 44).sim().imei() + ";no ICCID;core;;;",
                        "89148000009999900049;999999000000049;two wrong check digits;core;;;",
                        row(Ordered.of(Realm.M2M, 45), "m2m;;9880;"),
                        row(Ordered.of(Realm.CORE, 46), "pigeon;;;PT1S"),
                        Ordered.of(Realm.CORE, 47).sim().iccid() + ";"
                                + Ordered.of(Realm.CORE, 47).sim().imei(),
                        row(TRACKER, "core;;;PT4H"),
                        row(Ordered.of(Realm.CORE, 50), "core;;;"),
                        Ordered.of(Realm.CORE, 51).sim().iccid() + ";"
                                + Ordered.of(Realm.CORE, 50).sim().imei() + ";the same IMEI;core;;;",
                        row(Ordered.of(Realm.CORE, 52), "core;;;"),
                        Ordered.of(Realm.CORE, 52).sim().iccid() + ";"
                                + Ordered.of(Realm.CORE, 53).sim().imei() + ";the same ICCID;core;;;")
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String row(Ordered one, String rest) {
        return one.sim().iccid() + ";" + one.sim().imei() + ";\"row, "
                + one.sim().imei() + "\";" + rest;
    }

    private Seen checked(FileStore files) {
        JsonNode counts = upload(files, "check", "june", sheet());
        int before = scene.desk().local("devices").size();
        return new Seen(isAsWritten(counts) && before == orders.all().size(), words(counts) + "; nothing is ordered");
    }

    private Seen applied(FileStore files) {
        JsonNode counts = upload(files, "apply", "june-ordered", sheet());
        orders.note(TRACKER, LINE);
        scene.pass(A_WHILE);
        orders.report(TRACKER, LINE);
        return new Seen(
                isAsWritten(counts) && orders.are("IN_SERVICE", TRACKER, LINE) && orders.isActivatedOnce(TRACKER, LINE),
                words(counts) + "; " + orders.state(TRACKER) + " on Core, " + orders.state(LINE) + " on M2M");
    }

    private static boolean isAsWritten(JsonNode counts) {
        return counts.path("ordered").asInt() == 2
                && counts.path("inService").asInt() == 1
                && counts.path("conflicts").asInt() == 1
                && counts.path("faulty").asInt() == FAULTY
                && counts.path("duplicates").asInt() == DUPLICATES;
    }

    private Seen corrected(FileStore files) {
        JsonNode counts = upload(files, "apply", "june-corrected", correctedRows(files));
        orders.note(CORRECTED);
        scene.pass(A_WHILE);
        orders.report(CORRECTED);
        return new Seen(
                counts.path("rows").asInt() == 1
                        && counts.path("ordered").asInt() == 1
                        && orders.are("IN_SERVICE", CORRECTED)
                        && orders.isActivatedOnce(CORRECTED),
                words(counts) + "; " + orders.state(CORRECTED));
    }

    /** The heading, and the row with its numbers put right; the column of the faults may stay. */
    private static String correctedRows(FileStore files) {
        return text(files, "results/june-ordered/failed.csv")
                .lines()
                .filter(line -> line.contains(HEADER) || line.contains(TO_BE_CORRECTED))
                .map(line -> line.replace(
                        TO_BE_CORRECTED,
                        CORRECTED.sim().iccid() + ";" + CORRECTED.sim().imei()))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private Seen again(FileStore files) {
        long before = ordered();
        JsonNode first = upload(files, "apply", "june-again", sheet());
        JsonNode second = upload(files, "apply", "june-corrected-again", correctedRows(files));
        return new Seen(
                first.path("ordered").asInt() == 0
                        && second.path("ordered").asInt() == 0
                        && ordered() == before
                        && orders.isActivatedOnce(TRACKER, LINE, CORRECTED),
                words(first) + "; and " + words(second));
    }

    private long ordered() {
        return scene.told("DeviceOnboardingRequested");
    }

    /** Uploads a file and returns the counts of what came back. */
    private JsonNode upload(FileStore files, String task, String name, String content) {
        scene.renewTokens();
        try {
            Path file = Files.createTempFile("fleetline", ".csv");
            try {
                Files.writeString(file, content);
                files.write("incoming/" + task + "/" + name + ".csv", file, "text/csv");
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the spreadsheet cannot be written", e);
        }
        scene.fleetline().settle();
        try {
            return EdgeJson.JSON
                    .readTree(text(files, "results/" + name + "/report.json"))
                    .path("counts");
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("the report is not JSON", e);
        }
    }

    private static String text(FileStore files, String name) {
        try (Opened opened = files.open(name).orElseThrow(() -> new IllegalStateException("there is no " + name))) {
            return new String(opened.bytes().readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }

    private static String words(JsonNode counts) {
        return counts.propertyStream()
                .filter(count -> count.getValue().asInt() > 0)
                .map(count -> count.getValue().asInt() + " " + count.getKey())
                .collect(Collectors.joining(", "));
    }
}
