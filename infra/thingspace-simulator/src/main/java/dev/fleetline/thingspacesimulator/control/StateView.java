package dev.fleetline.thingspacesimulator.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.devices.DeviceBook;
import dev.fleetline.thingspacesimulator.m2m.SessionBook;
import dev.fleetline.thingspacesimulator.oauth.StandingTokenBook;
import dev.fleetline.thingspacesimulator.oauth.TokenBook;
import dev.fleetline.thingspacesimulator.web.Json;
import java.util.Map;

/** The whole world at a glance; no token, code or key is in it. */
final class StateView {

    /** With more devices than this each has to be asked for. */
    private static final int LISTED_AT_MOST = 1_000;

    private StateView() {}

    static ObjectNode of(World world) {
        World.Core core = world.core();
        ObjectNode state =
                Json.object().put("now", world.time().clock().instant().toString());
        if (core.devices().size() <= LISTED_AT_MOST) {
            state.set(
                    "devices",
                    Json.array(core.devices().summaries().stream()
                            .map(StateView::device)
                            .toList()));
            counts(state.putObject("registrations"), core.devices().registrations());
            counts(state.putObject("activations"), core.devices().activations());
        }
        counts(state.putObject("tokens").putObject("core"), core.tokens().issuedByGrant());
        state.set("targets", Json.array(core.streams().targets()));
        state.set("subscriptions", Json.array(core.streams().subscriptions()));
        ObjectNode deliveries = world.streaming().deliveries().log().toJson();
        deliveries.put("heldBack", world.streaming().deliveries().heldBackCount());
        deliveries.put("waiting", world.time().agenda().waiting());
        state.set("deliveries", deliveries);
        ObjectNode cloudConnector = state.putObject("cloudConnector");
        cloudConnector.set("targets", Json.array(world.m2m().streams().targets()));
        cloudConnector.set("subscriptions", Json.array(world.m2m().streams().subscriptions()));
        state.set("load", world.streaming().load().toJson());
        core(state.putObject("core"), core);
        m2m(state.putObject("m2m"), world.m2m());
        standing(state.putObject("edge"), world.edge().tokens().counts());
        state.set("faults", world.faults().toJson());
        return state;
    }

    /** Core never gives a token twice, so its two numbers of tokens are one. */
    private static void core(ObjectNode into, World.Core core) {
        TokenBook tokens = core.tokens();
        int issued = tokens.issuedByGrant().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        into.put("tokenRequests", issued)
                .put("tokens", issued)
                .put("revocations", tokens.revocations())
                .put("revoked", tokens.revoked());
        into.set("devices", core.devices().toJson());
    }

    private static void m2m(ObjectNode into, World.M2m m2m) {
        StandingTokenBook.Counts tokens = m2m.tokens().counts();
        standing(into, tokens);
        SessionBook.Counts sessions = m2m.sessions().counts();
        into.put("revocations", tokens.revocations())
                .put("revoked", tokens.revoked())
                .put("logins", sessions.logins())
                .put("badLogins", sessions.badLogins())
                .put("lockedLogins", sessions.lockedLogins())
                .put("locked", m2m.sessions().user().locked())
                .put("sessions", sessions.live());
        ObjectNode listeners = into.putObject("listeners");
        m2m.listeners().urls().forEach((service, url) -> listeners.put(service, url.toString()));
        into.set("callbacks", m2m.callbacks().toJson());
        ObjectNode lines = m2m.lines().toJson();
        lines.setAll(m2m.orders().toJson());
        into.set("lines", lines);
    }

    private static void standing(ObjectNode into, StandingTokenBook.Counts counts) {
        into.put("tokenRequests", counts.given()).put("tokens", counts.issued());
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
