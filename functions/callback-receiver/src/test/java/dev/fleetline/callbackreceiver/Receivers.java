package dev.fleetline.callbackreceiver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.callback.CallbackInbox;
import dev.fleetline.callback.CallbackKeys;
import dev.fleetline.callback.Intake;
import dev.fleetline.callback.SigningKeys;
import dev.fleetline.callbackreceiver.CallbackReceiverConfig.Headers;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.testing.InMemoryCallbackInbox;
import dev.fleetline.testing.InMemoryStore;
import java.time.InstantSource;
import java.util.Optional;

/** Receivers with the settings of most tests, and requests to them. */
final class Receivers {

    static final int LIMIT = 262_144;
    static final int MOST_EVENTS = 50;
    static final String ACCOUNT = "0999000001-00001";
    static final Headers HEADERS = new Headers("authorization", "x-signature");
    static final SourceAddresses EVERYWHERE = SourceAddresses.parse("");

    private Receivers() {}

    static CallbackReceiverHandler of(CallbackKeys keys, InMemoryStore store, InstantSource clock) {
        return of(keys, new SigningKeysOnHand(), new InMemoryCallbackInbox(store), clock);
    }

    static CallbackReceiverHandler of(
            CallbackKeys keys, SigningKeys signingKeys, CallbackInbox inbox, InstantSource clock) {
        return new CallbackReceiverHandler(takeIn(keys, signingKeys, inbox, clock), HEADERS, EVERYWHERE);
    }

    static TakeInDelivery takeIn(CallbackKeys keys, SigningKeys signingKeys, CallbackInbox inbox, InstantSource clock) {
        return new TakeInDelivery(
                keys, signingKeys, inbox, new Intake(Optional.of(ACCOUNT), MOST_EVENTS), LIMIT, clock);
    }

    /** A posted request without headers. */
    static ObjectNode posted(String path, String body) {
        ObjectNode request = EdgeJson.JSON.createObjectNode();
        request.put("version", "2.0").put("rawPath", path).put("body", body).put("isBase64Encoded", false);
        request.putObject("headers").put("content-type", "application/json");
        request.putObject("requestContext")
                .putObject("http")
                .put("method", "POST")
                .put("path", path)
                .put("sourceIp", "192.0.2.1");
        return request;
    }

    static ObjectNode with(ObjectNode request, String header, String value) {
        ((ObjectNode) request.path("headers")).put(header, value);
        return request;
    }
}
