package dev.fleetline.carrier;

import dev.fleetline.tokens.TokenRealm;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The platforms that an order may name, each asked with a token that is renewed when it was refused. */
public final class Carriers {

    /** A platform and the realm whose token it wants. */
    public record Platform(CarrierGateway gateway, TokenRealm realm) {}

    private final Map<String, CarrierGateway> gateways = new TreeMap<>();

    /** By the name that orders use, {@code core}, {@code m2m}. */
    public Carriers(Map<String, Platform> platforms, FreshToken freshToken) {
        platforms.forEach((name, platform) ->
                gateways.put(name, new FreshGateway(platform.gateway(), platform.realm(), freshToken)));
    }

    /** Those that can be named. */
    public Set<String> names() {
        return new TreeSet<>(gateways.keySet());
    }

    /** Empty for one that this deployment does not speak to. */
    public Optional<CarrierGateway> named(String carrier) {
        return Optional.ofNullable(gateways.get(carrier));
    }

    /** A gateway whose every call is asked once more with a new token. */
    private record FreshGateway(CarrierGateway gateway, TokenRealm realm, FreshToken freshToken)
            implements CarrierGateway {

        @Override
        public CarrierReply<Optional<CarrierDevice>> find(Line line) {
            return freshToken.ask(realm, () -> gateway.find(line));
        }

        @Override
        public CarrierReply<CarrierDevice> register(NewDevice device) {
            return freshToken.ask(realm, () -> gateway.register(device));
        }

        @Override
        public CarrierReply<Acceptance> activate(Activation activation) {
            return freshToken.ask(realm, () -> gateway.activate(activation));
        }

        @Override
        public Optional<Duration> takeTurn() {
            return gateway.takeTurn();
        }

        @Override
        public int mostAtOnce() {
            return gateway.mostAtOnce();
        }

        @Override
        public CarrierReply<Progress> progress(String account, String requestId) {
            return freshToken.ask(realm, () -> gateway.progress(account, requestId));
        }

        @Override
        public CarrierReply<Page> list(String account, Optional<String> after) {
            return freshToken.ask(realm, () -> gateway.list(account, after));
        }
    }
}
