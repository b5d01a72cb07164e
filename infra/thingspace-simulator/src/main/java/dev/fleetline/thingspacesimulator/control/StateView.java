package dev.fleetline.thingspacesimulator.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.devices.DeviceBook;
import dev.fleetline.thingspacesimulator.web.Json;
import java.util.Map;

/** The whole world at a glance; no token, code or key is in it. */
final class StateView {

    private StateView() {}

    static ObjectNode of(World world) {
        World.Core core = world.core();
        ObjectNode state =
                Json.object().put("now", world.time().clock().instant().toString());
        state.set(
                "devices",
                Json.array(core.devices().summaries().stream()
                        .map(StateView::device)
                        .toList()));
        counts(state.putObject("registrations"), core.devices().registrations());
        counts(state.putObject("activations"), core.devices().activations());
        counts(state.putObject("tokens").putObject("core"), core.tokens().issuedByGrant());
        state.set("targets", Json.array(core.streams().targets()));
        state.set("subscriptions", Json.array(core.streams().subscriptions()));
        ObjectNode deliveries = core.deliveries().log().toJson();
        deliveries.put("heldBack", core.deliveries().heldBackCount());
        deliveries.put("waiting", world.time().agenda().waiting());
        state.set("deliveries", deliveries);
        state.set("faults", world.faults().toJson());
        return state;
    }

    private static ObjectNode device(DeviceBook.Summary summary) {
        ObjectNode device = Json.object()
                .put("imei", summary.imei())
                .put("id", summary.id())
                .put("state", summary.state());
        summary.lastReport().ifPresent(at -> device.put("lastReport", at.toString()));
        return device;
    }

    private static void counts(ObjectNode into, Map<String, Integer> counts) {
        counts.forEach(into::put);
    }
}
