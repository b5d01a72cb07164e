package dev.fleetline.thingspacesimulator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.thingspacesimulator.Platform.Reply;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;

/** A client of the M2M world, as the stories need it. */
final class M2m {

    static final String TOKEN = "/thingspace/api/ts/v1/oauth2/token";
    static final String REVOKE = "/thingspace/api/ts/v1/oauth2/revoke";
    static final String API = "/thingspace/api/m2m/v1";
    static final String LISTENERS = API + "/callbacks/0999000001-00001";

    private final Platform platform;

    M2m(Platform platform) {
        this.platform = platform;
    }

    Reply token() {
        return platform.form(TOKEN, Map.of("grant_type", "client_credentials"), platform.client("m2m"));
    }

    String bearer() {
        return token().text("access_token");
    }

    Reply login() {
        return login(
                platform.get("/control/credentials").json().at("/m2m/password").asText());
    }

    Reply login(String password) {
        return platform.post(
                API + "/session/login", bearer(), "{\"username\":\"m2m-operator\",\"password\":\"" + password + "\"}");
    }

    String session() {
        return login().text("sessionToken");
    }

    /** A call that does nothing but need bearer and session. */
    Reply look(String bearer, String session) {
        return platform.send(calling(LISTENERS, bearer, session).GET());
    }

    Reply register(String session, String json) {
        return platform.send(calling(LISTENERS, bearer(), session).POST(BodyPublishers.ofString(json)));
    }

    Reply logout(String session) {
        return platform.send(calling(API + "/session/logout", bearer(), session).POST(BodyPublishers.noBody()));
    }

    HttpRequest.Builder calling(String path, String bearer, String session) {
        return platform.request(path)
                .header("authorization", "Bearer " + bearer)
                .header("vz-m2m-token", session)
                .header("content-type", "application/json");
    }

    JsonNode state() {
        return platform.state().path("m2m");
    }
}
