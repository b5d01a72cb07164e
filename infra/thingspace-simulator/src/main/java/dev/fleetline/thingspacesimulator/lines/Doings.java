package dev.fleetline.thingspacesimulator.lines;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.web.Json;
import java.time.LocalDate;
import java.util.Set;
import java.util.TreeSet;

/** What the platform did for one IMEI, whether its device is still there or not. Touched under the book's lock. */
final class Doings {

    private final Set<String> openRequests = new TreeSet<>();
    private int orders;
    private int activations;
    private int duplicates;
    private int refused;
    private int numbers;
    private LocalDate day = LocalDate.MIN;
    private int actionsToday;

    /** Counts an order that there is something to do for, and what it is the how-many-th of. */
    int open(String requestId, LocalDate today) {
        openRequests.add(requestId);
        actionsToday = actionsOn(today) + 1;
        day = today;
        return ++orders;
    }

    /** Counts an activation, of which one is enough. */
    void activation(boolean isDuplicate) {
        activations++;
        duplicates += isDuplicate ? 1 : 0;
    }

    /** Counts an order of which nothing will come. */
    int refuse() {
        refused++;
        return ++orders;
    }

    void close(String requestId) {
        openRequests.remove(requestId);
    }

    int actionsOn(LocalDate today) {
        return day.equals(today) ? actionsToday : 0;
    }

    /** How many numbers the device has had before. */
    int nextNumber() {
        return numbers++;
    }

    int activations() {
        return activations;
    }

    int duplicates() {
        return duplicates;
    }

    int refused() {
        return refused;
    }

    int open() {
        return openRequests.size();
    }

    ObjectNode toJson(LocalDate today) {
        ObjectNode json = Json.object()
                .put("activations", activations)
                .put("duplicates", duplicates)
                .put("refused", refused)
                .put("actionsToday", actionsOn(today));
        openRequests.forEach(json.putArray("openRequests")::add);
        return json;
    }
}
