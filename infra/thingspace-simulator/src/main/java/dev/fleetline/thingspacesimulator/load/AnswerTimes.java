package dev.fleetline.thingspacesimulator.load;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.fleetline.thingspacesimulator.web.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** When each attempt of a load was over, how long its sender had waited, and whether it was answered 2xx: 13 bytes each. */
final class AnswerTimes {

    private final Instant start;
    private int[] millis = new int[1_000];
    private int[] micros = new int[1_000];
    private boolean[] accepted = new boolean[1_000];
    private int size;

    AnswerTimes(Instant start) {
        this.start = start;
    }

    synchronized void add(Instant over, Duration waited, boolean isAccepted) {
        if (size == millis.length) {
            millis = Arrays.copyOf(millis, 2 * size);
            micros = Arrays.copyOf(micros, 2 * size);
            accepted = Arrays.copyOf(accepted, 2 * size);
        }
        millis[size] = Math.toIntExact(Duration.between(start, over).toMillis());
        micros[size] = (int) Math.min(Integer.MAX_VALUE, waited.toNanos() / 1_000);
        accepted[size] = isAccepted;
        size++;
    }

    /** An array for each attempt: milliseconds since the load's start, microseconds waited, accepted or not. */
    synchronized ArrayNode toJson() {
        ArrayNode list = Json.object().arrayNode();
        for (int i = 0; i < size; i++) {
            list.addArray().add(millis[i]).add(micros[i]).add(accepted[i]);
        }
        return list;
    }
}
