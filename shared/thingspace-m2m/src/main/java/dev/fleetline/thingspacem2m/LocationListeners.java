package dev.fleetline.thingspacem2m;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.SignedListeners;
import dev.fleetline.tokens.TokenSource;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The callback listeners of Location ({@code /api/loc/v1/callbacks}) of one billing account. */
public final class LocationListeners implements SignedListeners {

    private final String callbacks;
    private final SignedCalls calls;

    /**
     * Speaks to the host at {@code baseUrl} ({@code https://thingspace.verizon.com}) and waits for each answer, to the
     * end of its body, at most {@code timeout}.
     *
     * @param account the billing account, {@code 0999000001-00001}
     * @param keyHeader in which the answer to a registration has the key
     */
    public LocationListeners(URI baseUrl, String account, TokenSource tokens, Duration timeout, String keyHeader) {
        this.callbacks = M2mCalls.base(baseUrl) + "/api/loc/v1/callbacks/" + M2mCalls.segment(account);
        this.calls = new SignedCalls(tokens, timeout, keyHeader);
    }

    @Override
    public Set<String> services() {
        return Set.of("Location", "DeviceLocation");
    }

    @Override
    public CarrierReply<List<SignedListener>> listeners() {
        return calls.list(URI.create(callbacks), "url");
    }

    @Override
    public CarrierReply<Registration> register(SignedListener listener) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("name", listener.service())
                .put("url", listener.url());
        return calls.register(URI.create(callbacks), body, listener.service());
    }

    @Override
    public CarrierReply<String> deregister(String service) {
        URI one = URI.create(callbacks + "/name/" + M2mCalls.segment(service));
        return calls.deregister(one, service, this::listeners);
    }
}
