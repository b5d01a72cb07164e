package dev.fleetline.thingspacesimulator.edge;

import dev.fleetline.thingspacesimulator.web.Answer;
import java.util.Map;

/** What this world says in a way of its own. */
final class EdgeAnswers {

    private EdgeAnswers() {}

    /** For wrong scopes, for no token and for one that does not open this; a status as text, and the blanks as recorded. */
    static Answer invalidTokenOrScopes() {
        return new Answer(
                401,
                Map.of("content-type", "application/json"),
                "{\"status\": \"401\",\"message\": \"Invalid Token or Scopes\" }\n");
    }
}
