package dev.fleetline.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import dev.fleetline.filess3.S3FileStore;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.local.bench.BulkCheck;
import dev.fleetline.testing.aws.EventBridgeStandIn;
import dev.fleetline.testing.aws.LocalDynamo;
import dev.fleetline.testing.aws.LoopbackAws;
import dev.fleetline.testing.aws.S3StandIn;
import dev.fleetline.testing.template.LocalTables;
import dev.fleetline.testing.template.Resolver;
import dev.fleetline.testing.template.ResourceAnswers;
import dev.fleetline.testing.template.Template;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.s3.S3Client;

/** Has many rows checked by bulk-onboarding in a process with 256 MB of heap, and says what time and heap that took. */
@Command(
        name = "bench-bulk",
        hidden = true,
        description = "Checks a spreadsheet of made-up devices, and says how long that took and in how much heap.")
final class BenchBulkCommand implements Callable<Integer> {

    private static final String KEY = "incoming/check/bench.csv";
    private static final int MOST_MILLIS = 5_000;
    private static final int MOST_MEGABYTES = 256;
    private static final Pattern SPENT = Pattern.compile("start (\\d+) ms, run (\\d+) ms, heap (\\d+) MB");

    @Mixin
    private final Terminal terminal = new Terminal();

    @Option(names = "--rows", defaultValue = "10000", description = "how many (default: ${DEFAULT-VALUE})")
    private int rows;

    @Override
    public Integer call() throws IOException, InterruptedException {
        terminal.requireBetween("--rows", rows, 1, 100_000);
        Template template = Template.read(FleetlineCommand.project());
        Resolver resolver = Resolver.of(
                template,
                "fleetline-bench",
                Map.of("Stage", "bench", "Account", "0999000001-00001"),
                ResourceAnswers.onLoopback(URI.create("http://127.0.0.1:9324")));
        InstantSource clock = InstantSource.system();
        String bucket = resolver.ref("Files");
        try (LocalDynamo dynamo = LocalDynamo.start();
                S3StandIn s3 = S3StandIn.start(clock, UUID::randomUUID, Set.of(bucket), _ -> {});
                EventBridgeStandIn bus =
                        EventBridgeStandIn.start(clock, UUID::randomUUID, Set.of(resolver.ref("Bus")), _ -> {})) {
            LocalTables tables = LocalTables.create(dynamo.client(), template, resolver);
            // the engine's own first steps are not the function's
            for (String table : List.of("Devices", "Identities")) {
                dynamo.client().scan(scan -> scan.tableName(tables.tableName(table)));
            }
            upload(s3, bucket);
            Process process = process(resolver, dynamo, s3, bus);
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            return report(process.waitFor(), said);
        }
    }

    private void upload(S3StandIn s3, String bucket) throws IOException {
        Path file = Files.createTempFile("bench-", ".csv");
        try (S3Client client = S3FileStore.plainly(LoopbackAws.aim(S3Client.builder(), s3.endpoint()))
                .build()) {
            try (BufferedWriter text = Files.newBufferedWriter(file, UTF_8)) {
                text.write("imei;iccid;name;site;reportingInterval\n");
                for (int number = 0; number < rows; number++) {
                    text.write(imei(number).digits() + ";" + iccid(number).digits() + ";\"Pump " + number
                            + "\";north;PT4H\n");
                }
            }
            new S3FileStore(client, bucket).write(KEY, file, "text/csv");
        } finally {
            Files.delete(file);
        }
    }

    private static Process process(Resolver resolver, LocalDynamo dynamo, S3StandIn s3, EventBridgeStandIn bus)
            throws IOException {
        ObjectNode event = EdgeJson.JSON.createObjectNode().put("task", "uploaded");
        event.putObject("event").putObject("object").put("key", KEY).put("etag", "bench");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + MOST_MEGABYTES + "m",
                // as Lambda compiles
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile", ""),
                "-cp",
                System.getProperty("java.class.path"),
                BulkCheck.class.getName(),
                event.toString()));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .putAll(LoopbackAws.environment(
                        resolver,
                        "BulkOnboarding",
                        Map.of("DYNAMODB", dynamo.endpoint(), "S3", s3.endpoint(), "EVENTBRIDGE", bus.endpoint())));
        return builder.start();
    }

    private int report(int exitCode, String said) {
        Matcher spent = SPENT.matcher(said);
        if (exitCode != 0 || !spent.find() || !said.contains("\"ordered\":" + rows + ",")) {
            throw new IllegalStateException("the check did not come to its end: " + said.strip());
        }
        int millis = Integer.parseInt(spent.group(2));
        int megabytes = Integer.parseInt(spent.group(3));
        terminal.print(rows + " rows checked in " + millis + " ms (to be under " + MOST_MILLIS + "), heap at most "
                + megabytes + " MB (to be under " + MOST_MEGABYTES + "); the function had started in "
                + spent.group(1) + " ms");
        return millis < MOST_MILLIS && megabytes < MOST_MEGABYTES
                ? CommandLine.ExitCode.OK
                : CommandLine.ExitCode.SOFTWARE;
    }

    private static Imei imei(int number) {
        return Imei.parse("99999900%06d".formatted(number));
    }

    private static Iccid iccid(int number) {
        String digits = "8914800000999%06d".formatted(number);
        for (int check = 0; check < 10; check++) {
            try {
                return new Iccid(digits + check);
            } catch (IllegalArgumentException e) {
                // not this check digit
            }
        }
        throw new IllegalStateException("no check digit holds");
    }
}
