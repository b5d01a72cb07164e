package dev.fleetline.thingspacesimulator.oauth;

import dev.fleetline.thingspacesimulator.faults.Faults;
import dev.fleetline.thingspacesimulator.web.Answer;
import dev.fleetline.thingspacesimulator.web.Endpoint;
import dev.fleetline.thingspacesimulator.wire.PlatformErrors;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Lets a call through to the API when its bearer may make it. */
public final class BearerGate {

    private final TokenBook tokens;
    private final Faults faults;

    /** A gate that knows the tokens of that book. */
    public BearerGate(TokenBook tokens, Faults faults) {
        this.tokens = tokens;
        this.faults = faults;
    }

    /** For calls about devices. A token without scopes gets what the platform is thought to answer, by setting. */
    public Endpoint forDevices(Endpoint endpoint, Set<String> scopes) {
        return guarded(endpoint, scopes, true);
    }

    /** For calls about anything else. */
    public Endpoint forResources(Endpoint endpoint, Set<String> scopes) {
        return guarded(endpoint, scopes, false);
    }

    private Endpoint guarded(Endpoint endpoint, Set<String> scopes, boolean devices) {
        return call -> {
            if (faults.failCall()) {
                return PlatformErrors.simulatedFault();
            }
            Optional<AccessToken> token = call.header("authorization")
                    .filter(header -> header.regionMatches(true, 0, "Bearer ", 0, 7))
                    .flatMap(header -> tokens.live(header.substring(7).strip()));
            if (token.isEmpty()) {
                return PlatformErrors.badBearer();
            }
            if (token.get().scopes().stream().anyMatch(scopes::contains)) {
                return endpoint.answer(call);
            }
            if (devices && token.get().grant() == Grant.CLIENT_CREDENTIALS && emptyAnswers()) {
                return new Answer(200, Map.of("content-type", "application/json"), "");
            }
            return PlatformErrors.forbidden("Token has none of the scopes " + new TreeSet<>(scopes));
        };
    }

    private boolean emptyAnswers() {
        return faults.settings().behaviour().emptyDeviceAnswer();
    }
}
