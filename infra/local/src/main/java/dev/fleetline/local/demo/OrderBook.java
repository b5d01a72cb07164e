package dev.fleetline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.thingspacesimulator.wire.PlatformIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a story has ordered in either realm, and what has become of it with us and at the carrier. */
final class OrderBook {

    private static final String PLAN = "m2m_4G";
    private static final String ZIP = "98801";

    private final Scene scene;
    private final List<Ordered> all = new ArrayList<>();

    OrderBook(Scene scene) {
        this.scene = scene;
    }

    /** One of the carrier's two platforms, as an order names it. */
    enum Realm {
        CORE,
        M2M;

        private String carrier() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A device with the platform that it is ordered from. */
    record Ordered(Realm realm, Sim sim) {

        /** The made-up device with that serial number. */
        static Ordered of(Realm realm, int serial) {
            String imei = PlatformIds.imei(serial);
            return new Ordered(realm, new Sim(imei, PlatformIds.iccid(imei)));
        }

        /** The order under that id. */
        ObjectNode event(String onboardingId) {
            ObjectNode event = sim.order(onboardingId);
            ObjectNode detail = ((ObjectNode) event.path("detail")).put("carrier", realm.carrier());
            if (realm == Realm.M2M) {
                detail.put("servicePlan", PLAN).put("zip", ZIP);
            }
            return event;
        }

        /** Where the simulator shows it. */
        private String place() {
            return realm.carrier() + "/devices?imei=" + sim.imei();
        }
    }

    /** Every device ordered so far. */
    List<Ordered> all() {
        return List.copyOf(all);
    }

    /** Notes those that somebody else ordered. */
    void note(Ordered... ordered) {
        all.addAll(List.of(ordered));
    }

    /** Orders them, and returns when all is done that can be done now. */
    void place(Ordered... ordered) {
        note(ordered);
        ArrayNode events = EdgeJson.JSON.createArrayNode();
        Stream.of(ordered).map(one -> one.event("order-" + one.sim().imei())).forEach(events::add);
        scene.renewTokens();
        send(events);
    }

    /** Puts events on the bus as they are. */
    void send(JsonNode events) {
        scene.desk().postLocal("events", events.toString());
        scene.fleetline().settle();
    }

    /** The state that it has with us. */
    String state(Ordered one) {
        return scene.device(one.sim()).path("state").asText();
    }

    boolean are(String state, Ordered... ordered) {
        return Stream.of(ordered).allMatch(one -> state(one).equals(state));
    }

    /** What the simulator shows of it: its state there, and what was done for it. */
    JsonNode atCarrier(Ordered one) {
        return scene.desk().control(one.place());
    }

    /** Whether the carrier has accepted exactly one activation of each. */
    boolean isActivatedOnce(Ordered... ordered) {
        return Stream.of(ordered)
                .map(this::atCarrier)
                .allMatch(there -> there.path("activations").asInt() == 1
                        && there.path("duplicates").asInt() == 0);
    }

    /** The device gives a sign of life: in Core a report by the stream, in M2M a message by its own listener. */
    void report(Ordered... ordered) {
        for (Ordered one : ordered) {
            switch (one.realm()) {
                case CORE -> scene.report(one.sim(), 90);
                case M2M ->
                    scene.desk()
                            .postControl(
                                    "callbacks",
                                    EdgeJson.JSON
                                            .createObjectNode()
                                            .put("service", "NiddService")
                                            .put("imei", one.sim().imei())
                                            .put("iccid", one.sim().iccid())
                                            .toString());
            }
        }
        scene.fleetline().settle();
    }

    /** The events of a type about it. */
    List<JsonNode> told(String detailType, Ordered one) {
        return scene.desk()
                .events(detailType)
                .filter(detail -> detail.path("imei").asText().equals(one.sim().imei()))
                .toList();
    }

    /** How often a person was told of a code about it. */
    long told(String detailType, String code, Ordered one) {
        return told(detailType, one).stream()
                .filter(detail -> detail.path("code").asText().equals(code))
                .count();
    }
}
