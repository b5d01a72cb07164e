package dev.fleetline.alertnotifier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** Events as they lie in the queue. */
final class Events {

    static final String ALERT = "7f246b6619bc5fa7a95ae61ca3702054";

    private Events() {}

    /** What became of the alert about the battery of Pump 14; {@code change} makes it different. */
    static String alert(String word, Consumer<ObjectNode> change) {
        ObjectNode detail = json("""
                {"schemaVersion":1,"eventId":"2db94c22ec2c8a2dc0a20a645bfd2467",
                 "alertId":"7f246b6619bc5fa7a95ae61ca3702054","sequence":1,
                 "dedupKey":"0999000001-00001:device#999999000000014:BATTERY_LOW","subject":"device#999999000000014",
                 "status":"open","severity":"WARNING","held":0,"flapping":false,
                 "condition":"BATTERY_LOW",
                 "device":{"imei":"999999000000014","uid":"d0c1e0a1-0000-6abc-f001-0123456789ab","name":"Pump 14",
                           "model":"tracker-3","site":"north-yard"},
                 "observed":{"value":18.0,"unit":"%","at":"2026-03-02T15:35:26Z","source":"BATTERY"},
                 "threshold":{"value":20,"clearAt":25,"origin":"fleet"},
                 "since":"2026-03-02T15:35:26Z","lastSeen":"2026-03-02T15:35:26Z","occurrences":1,
                 "correlationId":"44444444-4444-4444-8444-444444444444",
                 "summary":"Pump 14 (\u20260014): battery 18 %, not charging since 15:35 UTC. Charge it or swap the battery.",
                 "runbookUrl":"https://runbooks.example.test/fleetline/BATTERY_LOW.md"}
                """);
        change.accept(detail);
        return event("DeviceAlert" + word, detail);
    }

    static String alert(String word) {
        return alert(word, _ -> {});
    }

    static String event(String detailType, ObjectNode detail) {
        ObjectNode event = json("""
                {"version":"0","id":"00000000-0000-4000-8000-594389ee67da","source":"fleetline.health-sweep",
                 "account":"000000000000","time":"2026-03-02T15:35:50Z","region":"us-east-1","resources":[]}
                """);
        event.put("detail-type", detailType).set("detail", detail);
        return event.toString();
    }

    static String event(String detailType, String detail) {
        return event(detailType, json(detail));
    }

    /** The same happening, put on the bus a second time. */
    static String again(String event) {
        return event.replace("00000000-0000-4000-8000-594389ee67da", "00000000-0000-4000-8000-000000000002");
    }

    static ObjectNode json(String text) {
        try {
            return (ObjectNode) EdgeJson.JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
