package dev.fleetline.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.local.bench.OnboardingLoad.Order;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What came of many orders, with us and at the carrier. */
public record OnboardingOutcome(Order order, Counts counts, Times times) {

    private static final double MILLIS = 1_000.0;

    /**
     * What was counted.
     *
     * @param sent orders on the bus, with those that came twice
     * @param platform the simulator's state
     * @param states how many devices of ours are in which state
     * @param deaths how often device-onboarding died
     */
    public record Counts(int sent, JsonNode platform, JsonNode states, int deaths) {}

    /**
     * How long it took.
     *
     * @param ordered until all orders were taken
     * @param inAll until the end
     * @param ofTheClock the same on the clock that was moved
     */
    public record Times(Duration ordered, Duration inAll, Duration ofTheClock) {}

    /** How many devices are in service. */
    public int inService() {
        return counts.states().path("IN_SERVICE").asInt();
    }

    /** How many devices had another number of activations accepted than one. */
    public int notOnce() {
        return order.devices() - once("/core/devices") - once("/m2m/lines");
    }

    private int once(String platform) {
        return counts.platform()
                .at(platform + "/devicesByActivations")
                .path("1")
                .asInt();
    }

    /** How many activations the carrier accepted of devices that were active, or about to be. */
    public int duplicates() {
        return counts.platform().at("/core/devices/duplicates").asInt()
                + counts.platform().at("/m2m/lines/duplicates").asInt();
    }

    /** Every device is in service, activated once. */
    public boolean isGood() {
        return inService() == order.devices() && notOnce() == 0 && duplicates() == 0;
    }

    /** As lines for people. */
    public List<String> lines() {
        JsonNode lines = counts.platform().at("/m2m/lines");
        var table = new ArrayList<String>();
        table.add("");
        table.add(row("ordered", order.devices() + " devices with " + counts.sent() + " orders"));
        table.add(row("in service", inService() + " (must be " + order.devices() + "); all: " + counts.states()));
        table.add(row(
                "activations",
                "of Core " + byActivations("/core/devices") + ", of M2M " + byActivations("/m2m/lines")
                        + " devices by how many were accepted (must be 1)"));
        table.add(row("not once", notOnce() + " (must be 0)"));
        table.add(row("duplicates", duplicates() + " at the carrier (must be 0)"));
        table.add(row(
                "requests",
                lines.path("requests").asText() + " activated M2M's "
                        + lines.path("devices").asText()));
        table.add(row("callbacks", lines.path("told").toString()));
        table.add(row("crashes", counts.deaths() + " of " + order.kills()));
        table.add(row(
                "time",
                String.format(
                        Locale.ROOT,
                        "%.1f s, of which %.1f s until all orders were taken: %.1f devices a second; %s of the clock",
                        times.inAll().toMillis() / MILLIS,
                        times.ordered().toMillis() / MILLIS,
                        order.devices() * MILLIS / Math.max(1, times.ordered().toMillis()),
                        times.ofTheClock())));
        return table;
    }

    private JsonNode byActivations(String platform) {
        return counts.platform().at(platform + "/devicesByActivations");
    }

    private static String row(String name, String value) {
        return String.format(Locale.ROOT, "%-12s %s", name, value);
    }
}
