package dev.fleetline.local.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.local.LocalFleetline;
import dev.fleetline.tokens.AccessToken;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenStore.Stored;
import java.util.HashMap;
import java.util.Map;

/** Somebody with a token in hand, who calls the platform with it and tells when it is refused, as the functions do. */
final class Caller {

    private final LocalFleetline fleetline;
    private final Desk desk;
    private final TokenRealm realm;
    private Stored held;

    Caller(LocalFleetline fleetline, Desk desk, TokenRealm realm) {
        this.fleetline = fleetline;
        this.desk = desk;
        this.realm = realm;
        this.held = fleetline.tokens().current(realm);
    }

    String versionId() {
        return held.versionId();
    }

    /** The status of a call that every token of the realm may make. */
    int calls() {
        return desk.ask(
                switch (realm) {
                    case CORE -> "/core/api/v2/targets";
                    case M2M -> "/thingspace/api/m2m/v1/callbacks/0999000001-00001";
                    case EDGE -> "/5gedge/api/mec/eds/regions";
                },
                headers());
    }

    /** What every call shows. */
    Map<String, String> headers() {
        AccessToken token = held.token().orElseThrow();
        Map<String, String> headers = new HashMap<>();
        headers.put("authorization", "Bearer " + token.accessToken());
        token.sessionToken().ifPresent(session -> headers.put("vz-m2m-token", session));
        return headers;
    }

    /** Tells that this version was refused, and waits until all that follows from it is done. */
    void tellsOf(String versionId) {
        ObjectNode detail = EdgeJson.JSON
                .createObjectNode()
                .put("schemaVersion", 1)
                .put("eventId", "refused-" + versionId)
                .put("realm", realm.code())
                .put("secret", fleetline.tokens().secret(realm))
                .put("versionId", versionId);
        fleetline.put("fleetline.demo", "TokenRejected", detail);
        fleetline.settle();
    }

    /** Takes the token that is current now. */
    void readsAnew() {
        held = fleetline.tokens().current(realm);
    }
}
