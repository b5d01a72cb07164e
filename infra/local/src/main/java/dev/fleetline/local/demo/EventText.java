package dev.fleetline.local.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import java.time.Duration;
import java.util.UUID;

/** Events of a device as they travel, written by hand where the simulator itself would write them well. */
final class EventText {

    private final Scene scene;
    private final String uid;

    EventText(Scene scene, Sim sim) {
        this.scene = scene;
        this.uid = scene.device(sim).path("uid").asText();
    }

    /** What its battery is now. */
    String whole(int battery) {
        return envelope(data(battery));
    }

    /** What it was a while ago. */
    String whole(int battery, Duration ago) {
        return envelope(of("ts.event", battery, ago).toString());
    }

    /** The same without its envelope. */
    String data(int battery) {
        return of("ts.event", battery, Duration.ZERO).toString();
    }

    /** An envelope around one event, or an array of them. */
    String envelope(String data) {
        return "{\"kind\":\"ts.event\",\"action\":\"create\",\"data\":" + data + "}";
    }

    /** One that is no JSON, told from others by its note. */
    String broken(String note) {
        return envelope(brokenData(note));
    }

    /** The same without its envelope. */
    String brokenData(String note) {
        return "{\"note\":\"" + note + "\",\"fields\":{\"battery\":oops}}";
    }

    /** What names another account. */
    String ofAccount(String account, int battery) {
        return envelope(of("ts.event", battery, Duration.ZERO)
                .put("billingaccountid", account)
                .toString());
    }

    /** What is of another kind. */
    String ofKind(String kind) {
        return "{\"kind\":\"" + kind + "\",\"action\":\"create\",\"data\":" + of(kind, 50, Duration.ZERO) + "}";
    }

    private ObjectNode of(String kind, int battery, Duration ago) {
        String at = scene.fleetline().now().minus(ago).toString();
        ObjectNode data = EdgeJson.JSON
                .createObjectNode()
                .put("action", "update")
                .put("createdon", at)
                .put("deviceid", uid);
        data.putObject("fields").put("battery", Integer.toString(battery));
        return data.put("id", UUID.randomUUID().toString())
                .put("kind", kind)
                .put("lastupdated", at)
                .put("state", "update")
                .put("version", "1.0")
                .put("versionid", UUID.randomUUID().toString());
    }
}
