package dev.fleetline.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Pause;
import java.io.IOException;
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
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sends reports of known devices to an {@code up} in a process of its own, and counts what became of them. */
@Command(
        name = "bench",
        hidden = true,
        description = "Sends callbacks at an even pace to an \"up\" of its own and counts what is stored and applied.")
final class BenchCommand implements Callable<Integer> {

    private static final int DEVICES = 10;
    /** Serial number and check digit. */
    private static final List<String> ICCID_ENDS = List.of("06", "14", "22", "30", "48", "55", "63", "71", "89", "97");

    private static final int WARM_UP = 50;
    private static final int EVERY_TENTH = 10;
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(2);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private final HelpOption help = new HelpOption();

    @Option(names = "--callbacks", defaultValue = "1000", description = "how many (default: ${DEFAULT-VALUE})")
    private int callbacks;

    @Option(names = "--rate", defaultValue = "100", description = "how many a second (default: ${DEFAULT-VALUE})")
    private int rate;

    private final Pause pause = Pause.real();
    private final ConcurrentLinkedQueue<Long> micros = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refused = new AtomicInteger();

    @Override
    public Integer call() throws IOException {
        try (RunningUp up = RunningUp.start()) {
            List<String> uids = onboard(up);
            // one report a second, the last of them now: none is old, none is in the future
            Instant beginning = Instant.now().minusSeconds(callbacks);
            for (int i = 0; i < WARM_UP; i++) {
                post(up, event(uids, -1 - i, beginning));
            }
            micros.clear();
            long began = System.nanoTime();
            sendAll(up, uids, beginning);
            Duration sent = Duration.ofNanos(System.nanoTime() - began);
            boolean applied = within(() -> allApplied(up, beginning));
            return report(up, sent, applied);
        }
    }

    /** Orders ten devices and waits until each of them is known to the platform. */
    private List<String> onboard(RunningUp up) {
        for (int i = 0; i < DEVICES; i++) {
            ObjectNode order = EdgeJson.JSON.createObjectNode();
            order.put("source", "fleetline.bench").put("detail-type", "DeviceOnboardingRequested");
            order.putObject("detail")
                    .put("schemaVersion", 1)
                    .put("onboardingId", "bench-" + i)
                    .put("imei", imei(i).digits())
                    .put("iccid", iccid(i).digits());
            up.post("/local/events", order.toString());
        }
        if (!within(
                () -> IntStream.range(0, DEVICES).allMatch(i -> device(up, i).has("uid")))) {
            throw new IllegalStateException("the devices of the bench were not registered");
        }
        return IntStream.range(0, DEVICES)
                .mapToObj(i -> device(up, i).path("uid").asText())
                .toList();
    }

    /** Every tenth is sent twice, as the platform sometimes does. */
    private void sendAll(RunningUp up, List<String> uids, Instant beginning) {
        long began = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < callbacks; i++) {
                String event = event(uids, i, beginning);
                long due = began
                        + Duration.ofSeconds(1).dividedBy(rate).multipliedBy(i).toNanos();
                pause.of(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
                threads.execute(() -> post(up, event));
                if (i % EVERY_TENTH == 0) {
                    threads.execute(() -> post(up, event));
                }
            }
        }
    }

    /** Each device was last seen when its newest report says. */
    private boolean allApplied(RunningUp up, Instant beginning) {
        return IntStream.range(Math.max(0, callbacks - DEVICES), callbacks)
                .allMatch(number -> device(up, Math.floorMod(number, DEVICES))
                        .path("lastSeen")
                        .asText()
                        .equals(timeOf(number, beginning).toString()));
    }

    private int report(RunningUp up, Duration sent, boolean applied) {
        var seen = new HashSet<String>();
        int stored = 0;
        int setAside = 0;
        for (JsonNode one : up.get("/local/callbacks")) {
            stored++;
            seen.add(one.path("deliveryId").asText());
            setAside += one.path("status").asText().equals("RECEIVED") ? 0 : 1;
        }
        int lost = callbacks + WARM_UP - seen.size();
        int doubled = stored - seen.size();
        List<Long> sorted = micros.stream().sorted().toList();
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%d callbacks and %d repetitions in %.1f s: stored %d, lost %d, doubled %d, refused %d, "
                                + "set aside %d, newest of each device applied: %s; answer p50 %.1f ms, p99 %.1f ms%n",
                        callbacks,
                        (callbacks + EVERY_TENTH - 1) / EVERY_TENTH,
                        sent.toMillis() / 1_000.0,
                        stored - WARM_UP,
                        lost,
                        doubled,
                        refused.get(),
                        setAside,
                        applied ? "yes" : "no",
                        percentile(sorted, 50),
                        percentile(sorted, 99));
        boolean good = lost == 0 && doubled == 0 && refused.get() == 0 && setAside == 0 && applied;
        return good ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private void post(RunningUp up, String event) {
        long began = System.nanoTime();
        int status = up.post("/stream", event);
        micros.add((System.nanoTime() - began) / 1_000);
        if (status / 100 != 2) {
            refused.incrementAndGet();
        }
    }

    private boolean within(BooleanSupplier condition) {
        long end = System.nanoTime() + LONG_ENOUGH.toNanos();
        while (System.nanoTime() - end < 0) {
            if (condition.getAsBoolean()) {
                return true;
            }
            pause.of(Duration.ofMillis(200));
        }
        return false;
    }

    private static double percentile(List<Long> sorted, int percent) {
        return sorted.isEmpty() ? Double.NaN : sorted.get((sorted.size() - 1) * percent / 100) / 1_000.0;
    }

    /** Without a uid as long as it is not known. */
    private static JsonNode device(RunningUp up, int number) {
        return up.get("/local/devices/" + imei(number).digits());
    }

    private static Instant timeOf(int number, Instant beginning) {
        return beginning.plusSeconds(number);
    }

    /** A report of one of the devices, each in turn; the same number is the same to the byte. */
    private static String event(List<String> uids, int number, Instant beginning) {
        String at = timeOf(number, beginning).toString();
        ObjectNode event =
                EdgeJson.JSON.createObjectNode().put("kind", "ts.event").put("action", "create");
        ObjectNode data = event.putObject("data")
                .put("action", "update")
                .put("createdon", at)
                .put("deviceid", uids.get(Math.floorMod(number, DEVICES)));
        data.putObject("fields").put("battery", "77").put("signalStrength", "-91");
        data.put("id", String.format(Locale.ROOT, "e0e1%04x-0000-6abc-e004-0123456789ab", number & 0xffff))
                .put("kind", "ts.event")
                .put("lastupdated", at)
                .put("state", "update")
                .put("version", "1.0")
                .put("versionid", String.format(Locale.ROOT, "ae50%04x-1651-11f1-8a11-02420a000001", number & 0xffff));
        return event.toString();
    }

    /** Its check digit is worked out. */
    private static Imei imei(int number) {
        return Imei.parse("9999990000000" + number);
    }

    private static Iccid iccid(int number) {
        return Iccid.parse("891480000099999000" + ICCID_ENDS.get(number));
    }
}
