package dev.fleetline.thingspacesimulator.streaming;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.web.Json;
import java.util.ArrayDeque;
import java.util.Deque;

/** Counts all attempts and remembers the last ones. */
public final class DeliveryLog {

    private static final int REMEMBERED = 1_000;

    private final Deque<Attempt> last = new ArrayDeque<>();
    private long attempts;
    private long accepted;
    private long givenUp;

    DeliveryLog() {}

    synchronized void add(Attempt attempt, boolean isLast) {
        attempts++;
        if (attempt.accepted()) {
            accepted++;
        } else if (isLast) {
            givenUp++;
        }
        last.addLast(attempt);
        if (last.size() > REMEMBERED) {
            last.removeFirst();
        }
    }

    synchronized void giveUp() {
        givenUp++;
    }

    /** As the control API shows it, oldest attempt first. */
    public synchronized ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("attempts", attempts)
                .put("accepted", accepted)
                .put("givenUp", givenUp);
        json.set("last", Json.array(last.stream().map(Attempt::toJson).toList()));
        return json;
    }
}
