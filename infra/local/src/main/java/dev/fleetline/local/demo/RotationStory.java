package dev.fleetline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.callback.CallbackSecret;
import dev.fleetline.local.CallbackRotation;
import dev.fleetline.local.LocalFleetline;
import dev.fleetline.local.demo.Steps.Seen;
import dev.fleetline.local.functions.HostedFunction;
import java.time.Duration;
import java.util.Optional;

/**
 * How callback password and stream key are rotated while reports and callbacks arrive. Secrets Manager is played; the
 * function, the receiver and what it stores are the real ones.
 */
final class RotationStory {

    private static final Sim TRACKER = new Sim("999999000000014", "89148000009999900014");
    private static final String FIRST = "00000000-0000-4000-8000-000000000002";
    private static final String SECOND = "00000000-0000-4000-8000-000000000003";

    /** So long a receiver may not know a new version, and so long the second step would wait. */
    private static final Duration BETWEEN_STEPS = Duration.ofSeconds(11);

    private static final int MINUTES_WITH_THE_OLD_PASSWORD = 14;

    private final LocalFleetline fleetline;
    private final Desk desk;
    private final Steps steps;
    private final CallbackRotation rotation;
    private final CallbackTraffic traffic;

    /** All three realms have tokens. */
    RotationStory(LocalFleetline fleetline, Desk desk, Steps steps) {
        this.fleetline = fleetline;
        this.desk = desk;
        this.steps = steps;
        this.rotation = new CallbackRotation(fleetline);
        this.traffic = new CallbackTraffic(fleetline, desk, TRACKER);
    }

    void play() {
        CallbackSecret before = rotation.current();
        steps.step("A device reports to us and a service of M2M calls us back", this::setUp);
        steps.step(
                "Password and stream key are rotated while both arrive (the local Secrets Manager calls no function by"
                        + " itself, so its four steps are called here)",
                () -> rotated(FIRST));
        steps.step("For 14 minutes after that the old password still comes", () -> aftermath(before));
        steps.step("A rotation asked for within 30 minutes is refused", this::refused);
        steps.step("Asked for again after that, it goes through while both arrive", this::afterHalfAnHour);
    }

    private Seen setUp() {
        desk.postLocal("events", TRACKER.order("order-1").toString());
        fleetline.settle();
        forward(Duration.ofMinutes(3));
        fleetline.subscribe();
        fleetline.listen(CallbackTraffic.SERVICE);
        JsonNode state = desk.control("state");
        int targets = state.path("targets").size();
        int subscriptions = state.path("subscriptions").size();
        JsonNode listeners = state.at("/m2m/listeners");
        return new Seen(
                targets == 1 && subscriptions == 1 && listeners.has(CallbackTraffic.SERVICE),
                targets + " target, " + subscriptions + " subscription and " + listeners.size()
                        + " listeners at the platform");
    }

    private Seen rotated(String version) {
        CallbackSecret old = rotation.current();
        traffic.begin();
        traffic.round(old);
        rotation.begin(version);
        for (String step : CallbackRotation.STEPS) {
            rotation.step(step, version);
            traffic.round(old);
            forward(BETWEEN_STEPS);
        }
        return traffic.tally(old, rotation.current());
    }

    private Seen aftermath(CallbackSecret old) {
        traffic.begin();
        for (int minute = 0; minute < MINUTES_WITH_THE_OLD_PASSWORD; minute++) {
            forward(Duration.ofMinutes(1));
            traffic.round(old);
        }
        return traffic.tally(old, rotation.current());
    }

    private Seen refused() {
        CallbackSecret current = rotation.current();
        rotation.begin(SECOND);
        try {
            return new Seen(false, rotation.step(CallbackRotation.STEPS.getFirst(), SECOND));
        } catch (HostedFunction.Failed e) {
            String why = Optional.ofNullable(e.getCause())
                    .map(cause -> String.valueOf(cause.getMessage()))
                    .orElse("");
            return new Seen(
                    why.contains("less than 30 minutes ago")
                            && rotation.current().equals(current),
                    why);
        }
    }

    private Seen afterHalfAnHour() {
        // in small strides, as the ticks of token-refresh keep the session of M2M alive
        for (int minutes = 0; minutes < 20; minutes += 5) {
            forward(Duration.ofMinutes(5));
        }
        return rotated(SECOND);
    }

    private void forward(Duration by) {
        fleetline.forward(by, true);
        fleetline.settle();
    }
}
