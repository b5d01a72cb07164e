package dev.fleetline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.tokens.TokenRealm;
import java.net.http.HttpResponse;

/** What people do with the account at the platform behind our back, over the platform's own API. */
final class Portal {

    static final String THEIR_TARGET = "somebody-else";
    static final String THEIR_SERVICE = "DeviceService";

    private static final String ACCOUNT = "0999000001-00001";
    private static final String THEIR_ADDRESS = "https://somebody-else.example.test/stream";
    private static final String CORE = "/core/api/v2/";

    private final Scene scene;

    Portal(Scene scene) {
        this.scene = scene;
    }

    /** Somebody else's application has a target of its own. */
    void addTarget() {
        core(
                "POST",
                "targets",
                object().put("kind", "ts.target")
                        .put("name", THEIR_TARGET)
                        .put("address", THEIR_ADDRESS)
                        .put("addressscheme", "streamrest"));
    }

    /** Somebody else's application is called by a service of M2M. */
    void addListener() {
        m2m(
                "POST",
                "/thingspace/api/m2m/v1/callbacks/" + ACCOUNT,
                object().put("name", THEIR_SERVICE).put("url", THEIR_ADDRESS));
    }

    /** All targets, subscriptions and listeners of the account; without the counters, which go on by themselves. */
    ObjectNode all() {
        JsonNode state = scene.desk().control("state");
        ObjectNode all = object();
        all.set("targets", state.path("targets"));
        ArrayNode subscriptions = all.putArray("subscriptions");
        state.path("subscriptions").forEach(one -> subscriptions
                .addObject()
                .put("id", one.path("id").asText())
                .put("targetid", one.path("targetid").asText())
                .put("disabled", one.path("disabled").asBoolean()));
        all.set("listeners", state.at("/m2m/listeners"));
        return all;
    }

    /** Somebody switches our subscription off. */
    void switchOff() {
        core("PATCH", subscription(), object().put("disabled", true));
    }

    /** Somebody deletes our subscription. */
    void deleteSubscription() {
        core("DELETE", subscription(), object());
    }

    /** Somebody puts a device on the network that nobody has ordered here. */
    void activate(Sim sim) {
        JsonNode device = Desk.json(core(
                "POST",
                "devices",
                object().put("kind", "ts.device.cHeAssetTracker").put("imei", Long.parseLong(sim.imei()))));
        core("POST", "devices/" + device.path("id").asText() + "/actions/activate", object());
    }

    private String subscription() {
        return "subscriptions/"
                + scene.desk().control("state").at("/subscriptions/0/id").asText();
    }

    private HttpResponse<String> core(String method, String path, ObjectNode body) {
        return change(TokenRealm.CORE, method, CORE + path, body);
    }

    private HttpResponse<String> m2m(String method, String path, ObjectNode body) {
        return change(TokenRealm.M2M, method, path, body);
    }

    private HttpResponse<String> change(TokenRealm realm, String method, String path, ObjectNode body) {
        var caller = new Caller(scene.fleetline(), scene.desk(), realm);
        return scene.desk().change(method, path, caller.headers(), body.toString());
    }

    private static ObjectNode object() {
        return EdgeJson.JSON.createObjectNode();
    }
}
