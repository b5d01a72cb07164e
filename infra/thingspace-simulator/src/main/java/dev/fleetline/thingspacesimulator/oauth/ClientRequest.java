package dev.fleetline.thingspacesimulator.oauth;

import dev.fleetline.thingspacesimulator.web.Call;
import dev.fleetline.thingspacesimulator.web.Refusal;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A client's request to one of the OAuth servers that know no users. */
public final class ClientRequest {

    private final Map<String, String> form;

    private ClientRequest(Map<String, String> form) {
        this.form = form;
    }

    /** The request of a client that {@code isClient} knows by its {@code Authorization}; any other is refused. */
    public static ClientRequest of(Call call, Predicate<Optional<String>> isClient) {
        Optional<Map<String, String>> form = call.form();
        if (form.isEmpty()) {
            throw new Refusal(OAuthAnswers.invalidRequest());
        }
        if (!isClient.test(call.header("authorization"))) {
            throw new Refusal(OAuthAnswers.invalidClient());
        }
        return new ClientRequest(form.get());
    }

    /** Refuses another grant than the client's own credentials. */
    public ClientRequest requireClientCredentials() {
        if (!field("grant_type").equals(Grant.CLIENT_CREDENTIALS.spelling())) {
            throw new Refusal(
                    form.containsKey("grant_type")
                            ? OAuthAnswers.unsupportedGrantType()
                            : OAuthAnswers.invalidRequest());
        }
        return this;
    }

    /** A field; empty when it was left out. */
    public String field(String name) {
        return form.getOrDefault(name, "");
    }
}
