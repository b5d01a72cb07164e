package dev.fleetline.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Pause;
import dev.fleetline.local.LocalFleetline;
import dev.fleetline.local.LocalSetup;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sends many callbacks at an even pace and counts what became of them. */
@Command(name = "bench", hidden = true, description = "Sends callbacks at an even pace and counts what is stored.")
final class BenchCommand implements Callable<Integer> {

    /** A repetition is the same to the byte, its times included. */
    private static final Instant BEGINNING = Instant.parse("2026-03-02T15:00:00Z");

    private static final int WARM_UP = 50;
    private static final int EVERY_TENTH = 10;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private final HelpOption help = new HelpOption();

    @Option(names = "--callbacks", defaultValue = "1000", description = "how many (default: ${DEFAULT-VALUE})")
    private int callbacks;

    @Option(names = "--rate", defaultValue = "100", description = "how many a second (default: ${DEFAULT-VALUE})")
    private int rate;

    private final ConcurrentLinkedQueue<Long> micros = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refused = new AtomicInteger();

    @Override
    public Integer call() {
        try (LocalFleetline fleetline = LocalFleetline.start(LocalSetup.onFreePorts(FleetlineCommand.project()));
                HttpClient http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            for (int i = 0; i < WARM_UP; i++) {
                post(http, fleetline, -1 - i);
            }
            micros.clear();
            long began = System.nanoTime();
            sendAll(http, fleetline);
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            return report(fleetline, took);
        }
    }

    /** Every tenth is sent twice, as the platform sometimes does. */
    private void sendAll(HttpClient http, LocalFleetline fleetline) {
        Pause pause = Pause.real();
        long began = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < callbacks; i++) {
                int number = i;
                long due = began
                        + Duration.ofSeconds(1).dividedBy(rate).multipliedBy(i).toNanos();
                pause.of(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
                threads.execute(() -> post(http, fleetline, number));
                if (i % EVERY_TENTH == 0) {
                    threads.execute(() -> post(http, fleetline, number));
                }
            }
        }
    }

    private int report(LocalFleetline fleetline, Duration took) {
        var seen = new HashSet<String>();
        int stored = 0;
        for (JsonNode one : fleetline.callbacks()) {
            stored++;
            seen.add(one.path("deliveryId").asText());
        }
        int expected = callbacks + WARM_UP;
        int lost = expected - seen.size();
        int doubled = stored - seen.size();
        List<Long> sorted = micros.stream().sorted().toList();
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%d callbacks and %d repetitions in %.1f s: stored %d, lost %d, doubled %d, refused %d, "
                                + "answer p50 %.1f ms, p99 %.1f ms%n",
                        callbacks,
                        (callbacks + EVERY_TENTH - 1) / EVERY_TENTH,
                        took.toMillis() / 1_000.0,
                        stored - WARM_UP,
                        lost,
                        doubled,
                        refused.get(),
                        percentile(sorted, 50),
                        percentile(sorted, 99));
        return lost == 0 && doubled == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private static double percentile(List<Long> sorted, int percent) {
        return sorted.isEmpty() ? Double.NaN : sorted.get((sorted.size() - 1) * percent / 100) / 1_000.0;
    }

    private void post(HttpClient http, LocalFleetline fleetline, int number) {
        HttpRequest request = HttpRequest.newBuilder(fleetline.baseUri().resolve("/stream"))
                .header("authorization", fleetline.streamKey())
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(
                        event(number, BEGINNING.plusSeconds(number)).toString()))
                .build();
        long began = System.nanoTime();
        try {
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            micros.add((System.nanoTime() - began) / 1_000);
            if (status / 100 != 2) {
                refused.incrementAndGet();
            }
        } catch (IOException e) {
            refused.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A report of one of a hundred devices that nobody knows: stored, and set aside by the processor. */
    private static ObjectNode event(int number, Instant now) {
        ObjectNode event =
                EdgeJson.JSON.createObjectNode().put("kind", "ts.event").put("action", "create");
        ObjectNode data = event.putObject("data")
                .put("action", "update")
                .put("createdon", now.toString())
                .put("deviceid", String.format(Locale.ROOT, "d0c1%04x-0000-6abc-f001-0123456789ab", number & 0x7f));
        data.putObject("fields").put("battery", "77").put("signalStrength", "-91");
        data.put("id", String.format(Locale.ROOT, "e0e1%04x-0000-6abc-e004-0123456789ab", number & 0xffff))
                .put("kind", "ts.event")
                .put("lastupdated", now.toString())
                .put("state", "update")
                .put("version", "1.0")
                .put("versionid", String.format(Locale.ROOT, "ae50%04x-1651-11f1-8a11-02420a000001", number & 0xffff));
        return event;
    }
}
