package dev.fleetline.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierStreams;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.tokens.TokenIssuer;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What people do with ThingSpace: consent and the exchange of the code; and target and subscription where no function can
 * make them, because it does not know under which address this machine is called. Through the functions' adapters.
 */
public final class Platform {

    private static final List<String> SCOPES = List.of("ts.device", "ts.target", "ts.subscription");
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");

    private final URI simulator;
    private final Adapters adapters;
    private final Supplier<UUID> ids;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** The adapters through which the platform and our secrets are reached. */
    public record Adapters(TokenIssuer issuer, TokenStore store, CarrierStreams streams) {}

    /** Speaks to the platform at that address. */
    public Platform(URI simulator, Adapters adapters, Supplier<UUID> ids) {
        this.simulator = simulator;
        this.adapters = adapters;
        this.ids = ids;
    }

    /** The made-up clients that the simulator accepts. */
    public static JsonNode credentials(URI simulator) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(simulator.resolve("/control/credentials"))
                    .build();
            return EdgeJson.JSON.readTree(
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new UncheckedIOException("the simulator does not tell its credentials", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while asking the simulator for its credentials", e);
        }
    }

    /** A person consents, and the code that comes back is exchanged; the id of the version that is current then. */
    public String authorize() {
        JsonNode client = credentials(simulator).path("core");
        Optional<URI> redirect =
                Optional.of(URI.create(client.path("redirectUri").asText()));
        String code = consent(client);
        TokenIssuer.Issue issue =
                adapters.issuer().issue(new TokenIssuer.Grant.AuthorizationCode(code, redirect, SCOPES));
        return switch (issue) {
            case TokenIssuer.Issue.Issued(var token) -> {
                String replaces = adapters.store().current(TokenRealm.CORE).versionId();
                String versionId = ids.get().toString();
                adapters.store().stage(TokenRealm.CORE, versionId, token);
                yield switch (adapters.store().promote(TokenRealm.CORE, versionId, replaces)) {
                    case CURRENT -> versionId;
                    case LOST_RACE -> adapters.store().current(TokenRealm.CORE).versionId();
                };
            }
            case TokenIssuer.Issue.Refused(var reason, var description) ->
                throw new IllegalStateException("the code was refused: " + reason + ", " + description);
            case TokenIssuer.Issue.Unavailable(var reason) ->
                throw new IllegalStateException("the code could not be exchanged: " + reason);
        };
    }

    /** Where the tokens are kept. */
    TokenStore tokens() {
        return adapters.store();
    }

    /** The version that is current, if it holds a token. */
    Optional<String> currentToken() {
        TokenStore.Stored current = adapters.store().current(TokenRealm.CORE);
        return current.token().map(_ -> current.versionId());
    }

    /** Which version of the token is current, and until when it is good, where there is one. */
    ObjectNode tokenVersion() {
        TokenStore.Stored current = adapters.store().current(TokenRealm.CORE);
        ObjectNode version = EdgeJson.JSON.createObjectNode().put("versionId", current.versionId());
        current.token()
                .ifPresent(token -> version.put("endsAt", token.expiresAt().toString()));
        return version;
    }

    /** Has the platform's events sent to {@code receiver}; the ids of target and subscription. */
    public List<String> subscribe(URI receiver, String key) {
        String target = value(
                "target",
                adapters.streams()
                        .createTarget(new CarrierStreams.StreamTarget("fleetline", receiver.toString(), key)));
        String subscription =
                value("subscription", adapters.streams().createSubscription(target, "ts.event", "fleetline-events"));
        return List.of(target, subscription);
    }

    private String consent(JsonNode client) {
        URI link = simulator.resolve("/core/oauth2/authorization?response_type=code&client_id="
                + encoded(client.path("clientId").asText()) + "&redirect_uri="
                + encoded(client.path("redirectUri").asText()) + "&scope=" + encoded(String.join(" ", SCOPES))
                + "&state=" + ids.get());
        try {
            String location = http.send(HttpRequest.newBuilder(link).build(), HttpResponse.BodyHandlers.discarding())
                    .headers()
                    .firstValue("location")
                    .orElse("");
            Matcher code = CODE.matcher(location);
            if (!code.find()) {
                throw new IllegalStateException("consent brought no code back");
            }
            return URLDecoder.decode(code.group(1), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the simulator does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while waiting for consent", e);
        }
    }

    /** What the platform gave, or an exception that says why it gave nothing. */
    static <T> T value(String what, CarrierReply<T> reply) {
        return switch (reply) {
            case CarrierReply.Ok<T>(var value) -> value;
            case CarrierReply.AlreadyDone<T>(),
                    CarrierReply.Refused<T> _,
                    CarrierReply.TryLater<T> _,
                    CarrierReply.TokenRefused<T> _,
                    CarrierReply.Unclear<T> _ ->
                throw new IllegalStateException("no " + what + ": the platform answered " + reply);
        };
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
