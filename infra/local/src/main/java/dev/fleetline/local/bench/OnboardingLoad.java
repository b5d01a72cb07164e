package dev.fleetline.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Pause;
import dev.fleetline.local.LocalFleetline;
import dev.fleetline.thingspacesimulator.wire.PlatformIds;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Orders devices of a Fleetline whose clock stands: some orders come twice, some callbacks twice and some never, and again and
 * again device-onboarding is killed in the middle of its work. Then time passes, as fast as the work is done, until nobody
 * waits any more, and all that are active give a sign of life.
 */
public final class OnboardingLoad {

    private static final String ONBOARDING = "device-onboarding";
    private static final String SIGN_OF_LIFE = "NiddService";
    private static final List<String> BY_SCHEDULE = List.of("token-refresh", "outbox-relay", "onboarding-reconciler");
    private static final int AT_ONCE = 100;
    private static final int PERCENT = 100;

    /** A batch makes about so many calls to AWS. */
    private static final int CALLS_OF_A_BATCH = 120;

    private static final Duration BETWEEN_ORDERS = Duration.ofMinutes(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(10);
    private static final int LOOKS_BETWEEN_COUNTS = 6;
    private static final Duration LONGEST = Duration.ofDays(3);
    private static final Duration LONGEST_REST = Duration.ofMinutes(10);
    private static final Duration GLANCE = Duration.ofMillis(20);
    private static final Duration BETWEEN_WORDS = Duration.ofSeconds(15);
    private static final int THREADS = 8;

    /** Of these nothing more comes by itself: they are in service, or a person was told why not. */
    private static final Set<String> ENDED = Set.of("ACTIVE_UNSEEN", "IN_SERVICE", "FAILED", "REJECTED", "STUCK");

    /**
     * What is ordered.
     *
     * @param devices how many, 10,000 at most
     * @param kills how often device-onboarding is killed
     * @param seed of all chance
     */
    public record Order(int devices, Percent percent, int kills, int seed) {}

    /**
     * Of all devices.
     *
     * @param core ordered from Core; the others from M2M
     * @param duplicates whose order comes twice, and as many of M2M's callbacks
     * @param lost of M2M's callbacks never come
     */
    public record Percent(int core, int duplicates, int lost) {}

    private final LocalFleetline fleetline;
    private final LoadedFleet fleet;
    private final Order order;
    private final InstantSource watch;
    private final Pause pause;
    private final Consumer<String> progress;
    private final Random random;
    private int armed;
    private Instant looked = Instant.EPOCH;
    private Instant lastWord = Instant.EPOCH;

    /**
     * @param fleetline one that was just agreed, its clock standing, in which things go wrong
     * @param fleet the same by its addresses
     * @param watch shows how long it takes
     * @param progress is told now and then how far it is
     */
    public OnboardingLoad(
            LocalFleetline fleetline,
            LoadedFleet fleet,
            Order order,
            InstantSource watch,
            Pause pause,
            Consumer<String> progress) {
        this.fleetline = fleetline;
        this.fleet = fleet;
        this.order = order;
        this.watch = watch;
        this.pause = pause;
        this.progress = progress;
        this.random = new Random(order.seed());
    }

    /** Does it all, and says what came of it when everything is at rest. */
    public OnboardingOutcome run() {
        agree();
        Instant began = watch.instant();
        Instant beganHere = fleetline.now();
        int sent = orderAll();
        Duration ordered = Duration.between(began, watch.instant());
        mend(beganHere);
        reportAll();
        JsonNode noted = noted();
        return new OnboardingOutcome(
                order,
                new OnboardingOutcome.Counts(
                        sent,
                        fleet.control("state"),
                        fleet.local("tally").path("states"),
                        noted.path("deaths").size()),
                new OnboardingOutcome.Times(
                        ordered,
                        Duration.between(began, watch.instant()),
                        Duration.between(beganHere, fleetline.now())));
    }

    private void agree() {
        BY_SCHEDULE.forEach(this::wake);
        // the listener follows by itself as soon as M2M has a token
        rest(0);
        fleetline.listen(SIGN_OF_LIFE);
        fleet.postControl(
                "faults",
                object().put("m2mDelayLeast", "PT2M")
                        .put("m2mDelayMost", "PT2H")
                        .put("m2mLost", order.percent().lost())
                        .put("m2mDoubled", order.percent().duplicates())
                        .put("m2mSeed", order.seed()));
    }

    /** As its first schedule does. */
    private void wake(String module) {
        JsonNode input = fleetline.scheduledInput(module).orElseGet(OnboardingLoad::object);
        if (fleetline.invoke(module, input).isEmpty()) {
            throw new IllegalStateException("there is no " + module);
        }
    }

    /** In any order, a minute between two heaps of them. */
    private int orderAll() {
        List<Integer> serials = new ArrayList<>(
                IntStream.rangeClosed(1, order.devices()).boxed().toList());
        Collections.shuffle(serials, random);
        serials.addAll(List.copyOf(serials)
                .subList(0, order.devices() * order.percent().duplicates() / PERCENT));
        Collections.shuffle(serials, random);
        for (int from = 0; from < serials.size(); from += AT_ONCE) {
            List<Integer> heap = serials.subList(from, Math.min(from + AT_ONCE, serials.size()));
            ArrayNode events = EdgeJson.JSON.createArrayNode();
            heap.forEach(serial -> events.add(event(serial)));
            fleet.postLocal("events", events);
            int due = Math.toIntExact((long) order.kills() * (from + heap.size()) / serials.size());
            rest(due);
            pass(BETWEEN_ORDERS);
            tell((from + heap.size()) + " of " + serials.size() + " orders are taken, " + armed + " crashes");
        }
        return serials.size();
    }

    private boolean isOfCore(int serial) {
        return serial % PERCENT < order.percent().core();
    }

    private ObjectNode event(int serial) {
        String imei = PlatformIds.imei(serial);
        ObjectNode event = object().put("source", "fleetline.bench").put("detail-type", "DeviceOnboardingRequested");
        ObjectNode detail = event.putObject("detail")
                .put("schemaVersion", 1)
                .put("onboardingId", "bench-" + serial)
                .put("imei", imei)
                .put("iccid", PlatformIds.iccid(imei));
        if (isOfCore(serial)) {
            detail.put("carrier", "core");
        } else {
            detail.put("carrier", "m2m").put("servicePlan", "m2m_4G").put("zip", "98801");
        }
        return event;
    }

    /** Time passes, and every ten minutes those work by schedule who see to it that orders end; nobody judges devices. */
    private void pass(Duration by) {
        fleetline.forward(by, false);
        if (!fleetline.now().isBefore(looked.plus(BETWEEN_LOOKS))) {
            looked = fleetline.now();
            BY_SCHEDULE.forEach(this::wake);
        }
    }

    /** Until nobody waits. */
    private void mend(Instant beganHere) {
        while (fleetline.now().isBefore(beganHere.plus(LONGEST))) {
            for (int look = 0; look < LOOKS_BETWEEN_COUNTS; look++) {
                pass(BETWEEN_LOOKS);
                rest(order.kills());
            }
            JsonNode states = fleet.local("tally").path("states");
            tell("devices are " + states);
            if (states.propertyStream().allMatch(state -> ENDED.contains(state.getKey()))) {
                return;
            }
        }
    }

    /** Who is on the network there gives a sign of life. */
    private void reportAll() {
        var reported = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (int serial = 1; serial <= order.devices(); serial++) {
                int one = serial;
                var _ = threads.submit(() -> {
                    report(one);
                    reported.incrementAndGet();
                });
            }
        }
        if (reported.get() < order.devices()) {
            progress.accept(order.devices() - reported.get() + " devices could not be asked for a sign of life");
        }
        rest(0);
    }

    private void report(int serial) {
        String imei = PlatformIds.imei(serial);
        if (isOfCore(serial)) {
            if (isAtCarrier("core", imei, "ready")) {
                fleet.postControl("reports", object().put("imei", imei).put("battery", 90));
            }
        } else if (isAtCarrier("m2m", imei, "active")) {
            fleet.postControl(
                    "callbacks",
                    object().put("service", SIGN_OF_LIFE).put("imei", imei).put("iccid", PlatformIds.iccid(imei)));
        }
    }

    private boolean isAtCarrier(String platform, String imei, String state) {
        return fleet.control(platform + "/devices?imei=" + imei)
                .path("state")
                .asText()
                .equals(state);
    }

    /** Until nothing is under way; meanwhile the function is killed, once more after each death, until it died so often. */
    private void rest(int deathsDue) {
        Instant end = watch.instant().plus(LONGEST_REST);
        JsonNode noted = noted();
        while (!noted.path("quiet").asBoolean()) {
            if (watch.instant().isAfter(end)) {
                throw new IllegalStateException("gave up waiting until all is done that can be done now");
            }
            kill(noted.path("deaths").size(), deathsDue);
            pause.of(GLANCE);
            noted = noted();
        }
    }

    private void kill(int deaths, int due) {
        if (deaths == armed && armed < due) {
            armed++;
            fleet.postLocal(
                    "faults",
                    object().put("kill", ONBOARDING)
                            .put("atCall", 1 + random.nextInt(CALLS_OF_A_BATCH))
                            .put("done", random.nextBoolean()));
        }
    }

    private JsonNode noted() {
        return fleet.local("faults");
    }

    private void tell(String how) {
        if (!watch.instant().isBefore(lastWord.plus(BETWEEN_WORDS))) {
            lastWord = watch.instant();
            progress.accept(how);
        }
    }

    private static ObjectNode object() {
        return EdgeJson.JSON.createObjectNode();
    }
}
