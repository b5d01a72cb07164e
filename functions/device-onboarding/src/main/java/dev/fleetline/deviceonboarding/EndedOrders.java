package dev.fleetline.deviceonboarding;

import dev.fleetline.claims.Claims;
import dev.fleetline.device.Device;
import dev.fleetline.device.Imei;
import dev.fleetline.fleetevents.Digest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What became of orders whose device another order has taken since. The device itself names its last order only, and a
 * copy of an earlier one may come at any time; it is the same order and not one more.
 */
final class EndedOrders {

    /** As long as the history that tells of it. */
    private static final Duration KEPT = Duration.ofDays(730);

    private final Claims claims;
    private final InstantSource clock;

    EndedOrders(Claims claims, InstantSource clock) {
        this.claims = claims;
        this.clock = clock;
    }

    /** How an order ended: the device's state and since when, and why, where there is a reason. */
    record End(String state, Instant since, Optional<String> code) {
        private static End of(String answer) {
            String[] parts = answer.split(" ", 3);
            return new End(
                    parts[0], Instant.parse(parts[1]), parts.length > 2 ? Optional.of(parts[2]) : Optional.empty());
        }

        private String asAnswer() {
            return state + " " + since + code.map(why -> " " + why).orElse("");
        }
    }

    /** To be kept before another order takes the device: of two that try to, both keep the same. */
    void keep(Device device) {
        var end = new End(
                device.lifecycle().name(),
                device.lifecycle().since(),
                device.lifecycle().code());
        claims.keepAnswer(
                name(device.imei(), device.order().onboardingId()),
                end.asAnswer(),
                clock.instant().plus(KEPT));
    }

    /** Empty when the device never had this order, or has it. */
    Optional<End> find(Imei imei, String onboardingId) {
        return claims.answer(name(imei, onboardingId), clock.instant()).map(End::of);
    }

    private static String name(Imei imei, String onboardingId) {
        return "order#" + Digest.of(imei.digits(), onboardingId);
    }
}
