package dev.fleetline.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Pause;
import dev.fleetline.thingspacesimulator.wire.PlatformIds;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Has the simulator's devices report to a running Fleetline; in the middle the store fails, before and after that
 * callback-processor is killed, and all the time now and then a device's battery falls.
 *
 * <p>The devices are ordered first, as a shop orders them: so the registry, the platform's ids and the tokens are what they
 * are in earnest, and an order takes little longer than writing what it leaves behind. Then each comes into service by a first
 * report, at a gentle rate and with nothing wrong: what is measured after that is a fleet in service, on code that is compiled.
 */
public final class CallbackLoad {

    private static final String PROCESSOR = "callback-processor";
    private static final int ORDERS_AT_ONCE = 100;
    private static final Duration LONGEST_ORDER = Duration.ofSeconds(1);
    private static final Duration LONGEST_REST = Duration.ofMinutes(15);
    private static final Duration GLANCE = Duration.ofMillis(200);
    private static final Duration BETWEEN_WORDS = Duration.ofSeconds(15);
    private static final int REPORTS_PER_FALL = 500;
    private static final int FEWEST_FALLS = 3;
    /** A batch makes about so many calls to AWS. */
    private static final int CALLS_OF_A_BATCH = 60;

    /** How many reports, and what goes wrong. */
    public record Order(
            Size size, Percent percent, Duration storeFailsFor, Duration resendAfter, int kills, int seed) {}

    /** How much, and how fast; {@code intoServicePerSecond} of the devices report for the first time before all that. */
    public record Size(int reports, int devices, int perSecond, int intoServicePerSecond) {}

    /** What is wrong with how many reports. */
    public record Percent(int duplicates, int reordered, int malformed) {}

    /** A battery that fell: which, when it was said, and whether the receiver had it at the first try. */
    record Fall(String imei, String eventId, Instant at, long sentAtMillis, boolean acceptedAtOnce) {}

    /** When the store failed. */
    record Outage(Instant from, Instant to) {}

    /**
     * What the platform sent.
     *
     * @param counts by what became of it
     * @param devices what each device was sent for
     */
    record Sent(JsonNode counts, JsonNode devices) {}

    /**
     * All that was seen.
     *
     * @param first the reports by which the devices came into service
     * @param load the reports that were measured
     * @param answers how long the platform waited for the answers to these
     * @param before what was noted before them
     * @param noted what was noted in all
     * @param tally what is stored
     */
    record Seen(
            Sent first,
            Sent load,
            JsonNode answers,
            JsonNode before,
            JsonNode noted,
            JsonNode tally,
            List<Fall> falls,
            Optional<Outage> outage) {}

    private final LoadedFleet fleet;
    private final Order order;
    private final InstantSource clock;
    private final Pause pause;
    private final Consumer<String> progress;
    private final Queue<Fall> falls = new ConcurrentLinkedQueue<>();
    private Instant lastWord = Instant.EPOCH;

    /** {@code progress} is told now and then how far it is. */
    public CallbackLoad(LoadedFleet fleet, Order order, InstantSource clock, Pause pause, Consumer<String> progress) {
        this.fleet = fleet;
        this.order = order;
        this.clock = clock;
        this.pause = pause;
        this.progress = progress;
    }

    /** Does it all, and says what came of it when everything is at rest. */
    public Outcome run() {
        fleet.postControl(
                "faults", object().put("retryAfter", order.resendAfter().toString()));
        orderDevices();
        Sent first = bringIntoService();
        JsonNode before = fleet.local("faults");
        Optional<Outage> outage = load();
        if (falls.stream().anyMatch(fall -> !fall.acceptedAtOnce())) {
            // the platform tries three times
            pause.of(order.resendAfter().multipliedBy(2).plusSeconds(1));
        }
        rest("the last reports are applied");
        progress.accept("counting what is stored");
        return Outcome.of(
                new Seen(
                        first,
                        sent(),
                        fleet.control("load/answers"),
                        before,
                        fleet.local("faults"),
                        fleet.local("tally"),
                        List.copyOf(falls),
                        outage),
                order);
    }

    private void orderDevices() {
        int devices = order.size().devices();
        for (int first = 1; first <= devices; first += ORDERS_AT_ONCE) {
            ArrayNode orders = EdgeJson.JSON.createArrayNode();
            for (int serial = first; serial < first + ORDERS_AT_ONCE && serial <= devices; serial++) {
                String imei = PlatformIds.imei(serial);
                orders.addObject()
                        .put("source", "fleetline.bench")
                        .put("detail-type", "DeviceOnboardingRequested")
                        .putObject("detail")
                        .put("schemaVersion", 1)
                        .put("onboardingId", "bench-" + serial)
                        .put("imei", imei)
                        .put("iccid", PlatformIds.iccid(imei));
            }
            fleet.postLocal("events", orders);
            tell("the order of device " + first + " of " + devices + " is on the bus");
        }
        await(LONGEST_ORDER.multipliedBy(devices).plusMinutes(1), "every device is ordered", () -> {
            int ready = fleet.local("faults")
                    .at("/events/DeviceActivationRequested")
                    .asInt();
            tell(ready + " of " + devices + " devices are ordered and known to the platform");
            return ready >= devices;
        });
        rest("the orders are done");
    }

    /** By a report of each, none of them twice, late or broken. */
    private Sent bringIntoService() {
        var size = order.size();
        fleet.postControl(
                "load",
                object().put("devices", size.devices())
                        .put("reports", size.devices())
                        .put("perSecond", size.intoServicePerSecond()));
        await(longest(size.devices(), size.intoServicePerSecond()), "every device has reported once", () -> {
            JsonNode load = fleet.control("load");
            tell(sum(load.path("sent")) + " of " + size.devices() + " devices have reported for the first time");
            return !load.path("running").asBoolean();
        });
        rest("the devices are in service");
        return sent();
    }

    private Sent sent() {
        return new Sent(fleet.control("load"), fleet.control("load/devices"));
    }

    /** Until the platform has done with the last report. */
    private Optional<Outage> load() {
        var size = order.size();
        fleet.postControl(
                "load",
                object().put("devices", size.devices())
                        .put("reports", size.reports())
                        .put("perSecond", size.perSecond())
                        .put("duplicates", order.percent().duplicates())
                        .put("reordered", order.percent().reordered())
                        .put("malformed", order.percent().malformed())
                        .put("seed", order.seed()));
        List<Part> parts = parts();
        var outage = new ArrayList<Outage>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            await(longest(size.reports(), size.perSecond()), "the platform has sent everything", () -> {
                JsonNode load = fleet.control("load");
                int sent = sum(load.path("sent"));
                while (!parts.isEmpty() && parts.getFirst().atReport() <= sent) {
                    parts.removeFirst().act().accept(new Stage(threads, outage));
                }
                tell(sent + " of " + size.reports() + " reports sent, "
                        + load.path("onTheWay").asInt() + " on their way, "
                        + sum(load.path("givenUp")) + " given up");
                return !load.path("running").asBoolean();
            });
        }
        return outage.stream().findFirst();
    }

    /** Twice as long as it should take, and the platform's three tries. */
    private Duration longest(int reports, int perSecond) {
        return Duration.ofSeconds(2L * reports / perSecond)
                .plus(order.resendAfter().multipliedBy(3))
                .plusMinutes(5);
    }

    private record Stage(ExecutorService threads, List<Outage> outages) {}

    /** Something that happens when so many reports were sent. */
    private record Part(int atReport, Consumer<Stage> act) {}

    private List<Part> parts() {
        int reports = order.size().reports();
        int devices = order.size().devices();
        var parts = new ArrayList<Part>();
        int falling = Math.min(devices, Math.max(FEWEST_FALLS, reports / REPORTS_PER_FALL));
        for (int i = 0; i < falling; i++) {
            String imei = PlatformIds.imei(1 + (int) ((long) i * devices / falling));
            parts.add(new Part((int) ((2L * i + 1) * reports / (2L * falling)), stage -> stage.threads()
                    .execute(() -> fall(imei))));
        }
        if (order.storeFailsFor().isPositive()) {
            parts.add(new Part(reports / 2, stage -> stage.outages().add(failStore())));
        }
        var random = new Random(order.seed());
        for (int i = 0; i < order.kills(); i++) {
            int atCall = 1 + random.nextInt(CALLS_OF_A_BATCH);
            boolean done = random.nextBoolean();
            parts.add(new Part((int) ((2L * i + 1) * reports / (2L * order.kills())), _ -> kill(atCall, done)));
        }
        parts.sort((one, other) -> Integer.compare(one.atReport(), other.atReport()));
        return parts;
    }

    private Outage failStore() {
        fleet.postLocal(
                "faults", object().put("storeFailsFor", order.storeFailsFor().toString()));
        Instant from = clock.instant();
        progress.accept("the store fails for " + order.storeFailsFor());
        return new Outage(from, from.plus(order.storeFailsFor()));
    }

    private void kill(int atCall, boolean done) {
        fleet.postLocal(
                "faults", object().put("kill", PROCESSOR).put("atCall", atCall).put("done", done));
        progress.accept(PROCESSOR + " dies at its call of number " + atCall + " from now, which is "
                + (done ? "done and not answered" : "not done"));
    }

    private void fall(String imei) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        long sentAt = clock.instant().toEpochMilli();
        JsonNode answer = fleet.postControl(
                "reports", object().put("imei", imei).put("at", at.toString()).put("battery", 8));
        boolean accepted = answer.path("delivered")
                .valueStream()
                .allMatch(attempt -> attempt.path("status").asInt() / 100 == 2);
        falls.add(new Fall(imei, answer.path("eventId").asText(), at, sentAt, accepted));
    }

    private void rest(String until) {
        await(LONGEST_REST, until, () -> {
            tell("waiting until " + until);
            return fleet.local("faults").path("quiet").asBoolean();
        });
    }

    private void await(Duration longest, String what, BooleanSupplier condition) {
        Instant end = clock.instant().plus(longest);
        while (!condition.getAsBoolean()) {
            if (clock.instant().isAfter(end)) {
                throw new IllegalStateException("gave up waiting until " + what);
            }
            pause.of(GLANCE);
        }
    }

    private void tell(String how) {
        if (!clock.instant().isBefore(lastWord.plus(BETWEEN_WORDS))) {
            lastWord = clock.instant();
            progress.accept(how);
        }
    }

    private static int sum(JsonNode byFate) {
        return byFate.valueStream().mapToInt(JsonNode::asInt).sum();
    }

    private static ObjectNode object() {
        return EdgeJson.JSON.createObjectNode();
    }
}
