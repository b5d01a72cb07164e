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

/** The callback listener of Diagnostics ({@code /api/diagnostics/v1/callbacks}) of one billing account. */
public final class DiagnosticsListeners implements SignedListeners {

    private final String callbacks;
    private final String account;
    private final SignedCalls calls;

    /**
     * Speaks to the host at {@code baseUrl} ({@code https://thingspace.verizon.com}) and waits for each answer, to the
     * end of its body, at most {@code timeout}.
     *
     * @param account the billing account, {@code 0999000001-00001}
     * @param keyHeader in which the answer to a registration has the key
     */
    public DiagnosticsListeners(URI baseUrl, String account, TokenSource tokens, Duration timeout, String keyHeader) {
        this.callbacks = M2mCalls.base(baseUrl) + "/api/diagnostics/v1/callbacks";
        this.account = account;
        this.calls = new SignedCalls(tokens, timeout, keyHeader);
    }

    @Override
    public Set<String> services() {
        return Set.of("Diagnostics");
    }

    @Override
    public CarrierReply<List<SignedListener>> listeners() {
        return calls.list(ofAccount(), "endpoint");
    }

    @Override
    public CarrierReply<Registration> register(SignedListener listener) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("accountName", account)
                .put("serviceName", listener.service())
                .put("endpoint", listener.url());
        return calls.register(URI.create(callbacks), body, listener.service());
    }

    @Override
    public CarrierReply<String> deregister(String service) {
        URI one = URI.create(ofAccount() + "&serviceName=" + M2mCalls.segment(service));
        return calls.deregister(one, service, this::listeners);
    }

    private URI ofAccount() {
        return URI.create(callbacks + "?accountName=" + M2mCalls.segment(account));
    }
}
