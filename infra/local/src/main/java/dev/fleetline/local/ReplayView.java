package dev.fleetline.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.StringJoiner;

/** What callback-replay answers. */
public final class ReplayView {

    private ReplayView() {}

    /** For people, in two lines, or three when it is to go on. */
    public static String inWords(JsonNode reply) {
        var words = new StringJoiner(", ");
        words.add(reply.path("played").asInt() + " played");
        words.add(reply.path("applied").asInt() + " applied");
        words.add(reply.path("unchanged").asInt() + " there already");
        count(words, reply, "takenApart", "read anew");
        count(words, reply, "unhandled", "unhandled");
        count(words, reply, "left", "left for later");
        reply.path("setAside")
                .properties()
                .forEach(reason -> words.add(reason.getValue().asInt() + " set aside: " + reason.getKey()));
        JsonNode alerts = reply.path("alerts");
        return words + ".\n" + reply.path("devicesChanged").asInt() + " devices changed; alerts: "
                + alerts.path("raised").asInt() + " raised, "
                + alerts.path("worse").asInt() + " worse, "
                + alerts.path("better").asInt() + " better, "
                + alerts.path("cleared").asInt() + " cleared."
                + (reply.hasNonNull("startAfter") ? "\nTime ran out; it goes on." : "");
    }

    private static void count(StringJoiner words, JsonNode reply, String field, String word) {
        int count = reply.path(field).asInt();
        if (count > 0) {
            words.add(count + " " + word);
        }
    }
}
