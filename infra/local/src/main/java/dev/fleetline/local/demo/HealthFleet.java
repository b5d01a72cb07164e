package dev.fleetline.local.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.local.demo.OrderBook.Ordered;
import dev.fleetline.local.demo.OrderBook.Realm;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Devices that live by themselves while time passes: each reports when it should, unless something keeps it from that. */
final class HealthFleet {

    static final String SITE = "cold-store";

    /** Nobody has said how often it reports. */
    static final Member BUOY = new Member(Realm.CORE, 1, "Buoy 1", Optional.empty());

    static final Member PUMP = new Member(Realm.CORE, 2, "Pump 2", Optional.empty());
    static final Member TRUCK = new Member(Realm.CORE, 3, "Truck 3", Optional.empty());
    static final Member GATE = new Member(Realm.CORE, 4, "Gate 4", Optional.empty());
    static final Member METER = new Member(Realm.M2M, 21, "Meter 5", Optional.empty());
    static final Member OTHER_METER = new Member(Realm.M2M, 22, "Meter 6", Optional.empty());
    static final List<Member> SENSORS = IntStream.rangeClosed(1, 5)
            .mapToObj(number -> new Member(Realm.CORE, 10 + number, "Sensor " + number, Optional.of(SITE)))
            .toList();

    /** All but the buoy, which was there before them. */
    static final List<Member> OTHERS = Stream.concat(Stream.of(PUMP, TRUCK, GATE, METER, OTHER_METER), SENSORS.stream())
            .toList();

    static final int SIZE = 1 + OTHERS.size();

    /** At each wake. */
    static final int MESSAGES_OF_THE_BUOY = 3;

    private static final Duration NAP = Duration.ofHours(4);
    private static final Duration SLEEP = Duration.ofHours(12);
    private static final Duration A_QUARTER = Duration.ofMinutes(15);
    private static final String WELL = "\"battery\":80,\"rsrp\":-91";

    private final Scene scene;
    private final OrderBook orders;
    private final Map<Member, String> says = new HashMap<>(Map.of(SENSORS.get(2), "\"battery\":23,\"rsrp\":-95"));
    private final Map<Member, Instant> heard = new HashMap<>();

    HealthFleet(Scene scene, OrderBook orders) {
        this.scene = scene;
        this.orders = orders;
    }

    /** A device of the fleet; its name and site are the order's. */
    record Member(Realm realm, int serial, String name, Optional<String> site) {

        Ordered ordered() {
            return Ordered.of(realm, serial);
        }

        Sim sim() {
            return ordered().sim();
        }

        private Duration interval() {
            return equals(BUOY) ? SLEEP : NAP;
        }

        private ObjectNode order() {
            ObjectNode event = ordered().event("order-" + sim().imei());
            ObjectNode detail = ((ObjectNode) event.path("detail")).put("name", name);
            site.ifPresent(place -> detail.put("site", place));
            if (equals(BUOY)) {
                detail.remove("reportingInterval");
            }
            return event;
        }
    }

    /** Has them ordered, and they report for the first time. */
    void enter(List<Member> members) {
        ArrayNode events = EdgeJson.JSON.createArrayNode();
        members.forEach(member -> events.add(member.order()));
        scene.renewTokens();
        orders.note(members.stream().map(Member::ordered).toArray(Ordered[]::new));
        orders.send(events);
        scene.pass(Duration.ofMinutes(6));
        speak(members);
    }

    /** From now on this is what it reports. */
    void says(Member member, String measures) {
        says.put(member, measures);
    }

    /** From now on they do not report any more. */
    void fallSilent(List<Member> members) {
        members.forEach(heard::remove);
    }

    /** They report, and go on doing so. */
    void speak(List<Member> members) {
        members.forEach(this::report);
        scene.fleetline().settle();
    }

    /** Time passes in such steps, and everybody does what is theirs. */
    void live(Duration length, Duration step) {
        for (Duration passed = Duration.ZERO; passed.compareTo(length) < 0; passed = passed.plus(step)) {
            scene.pass(step.minus(A_QUARTER));
            step();
        }
    }

    /** The same until the clock shows this hour; whatever is left of the last step nothing looks at anything. */
    void liveUntil(LocalTime next, Duration step) {
        Instant now = scene.fleetline().now();
        Instant today = now.truncatedTo(ChronoUnit.DAYS).plusSeconds(next.toSecondOfDay());
        Duration left = Duration.between(now, today.isAfter(now) ? today : today.plus(1, ChronoUnit.DAYS));
        Duration rest = left.minus(step.multipliedBy(left.dividedBy(step)));
        live(left.minus(rest), step);
        scene.pass(rest);
    }

    /** The same by quarters of an hour, until this is so, but no longer than that. */
    void liveUntil(BooleanSupplier isSo, Duration most) {
        for (Duration passed = Duration.ZERO;
                passed.compareTo(most) < 0 && !isSo.getAsBoolean();
                passed = passed.plus(A_QUARTER)) {
            step();
        }
    }

    private void step() {
        scene.renewTokens();
        scene.work(A_QUARTER);
        Instant now = scene.fleetline().now();
        List<Member> due = heard.entrySet().stream()
                .filter(last -> !last.getValue().plus(last.getKey().interval()).isAfter(now))
                .map(Map.Entry::getKey)
                .toList();
        if (!due.isEmpty()) {
            speak(due);
        }
    }

    private void report(Member member) {
        heard.put(member, scene.fleetline().now());
        switch (member.realm()) {
            case CORE -> {
                int messages = member.equals(BUOY) ? MESSAGES_OF_THE_BUOY : 1;
                for (int i = 0; i < messages; i++) {
                    scene.desk().report(member.sim(), says.getOrDefault(member, WELL));
                }
            }
            case M2M -> {
                // none of our settings wants this service, so every night its listener is taken away
                scene.renewTokens();
                scene.fleetline().listen("NiddService");
                orders.report(member.ordered());
            }
        }
    }
}
