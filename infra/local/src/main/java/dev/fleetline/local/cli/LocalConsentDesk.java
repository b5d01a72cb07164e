package dev.fleetline.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.lambda.EdgeJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** The one that {@code up} keeps running on this machine. */
final class LocalConsentDesk implements ConsentDesk {

    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI baseUri;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE)
            .build();

    /** Nothing is asked yet. */
    LocalConsentDesk(URI baseUri) {
        this.baseUri = baseUri;
    }

    @Override
    public URI link() {
        HttpResponse<String> answer = get(baseUri.resolve("/oauth2/authorize"));
        return redirect(answer)
                .orElseThrow(() -> new IllegalStateException(
                        "Fleetline sends nobody to ThingSpace (" + answer.statusCode() + "): " + text(answer.body())));
    }

    @Override
    public Current current() {
        HttpResponse<String> answer = get(baseUri.resolve("/local/token"));
        try {
            JsonNode token = EdgeJson.JSON.readTree(answer.body());
            if (answer.statusCode() == 200 && token.hasNonNull("versionId")) {
                return new Current(
                        token.path("versionId").asText(),
                        Optional.of(token.path("endsAt").asText())
                                .filter(end -> !end.isEmpty())
                                .map(Instant::parse));
            }
        } catch (JsonProcessingException notOurs) {
            // told below
        }
        throw new IllegalStateException(
                baseUri + " does not tell of a token (" + answer.statusCode() + "); is it ready, and Fleetline?");
    }

    /** Goes the person's way: the simulator consents to everything. A page of ours is at its end, and it must be a good one. */
    void follow(URI link) {
        URI next = link;
        HttpResponse<String> answer = get(onThisMachine(next));
        for (Optional<URI> further = redirect(answer); further.isPresent(); further = redirect(answer)) {
            next = next.resolve(further.get());
            answer = get(onThisMachine(next));
        }
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("Not authorised (" + answer.statusCode() + "): " + text(answer.body()));
        }
    }

    @Override
    public void close() {
        http.close();
    }

    private static URI onThisMachine(URI address) {
        if (!THIS_MACHINE.contains(String.valueOf(address.getHost()))) {
            throw new IllegalStateException("--open is for the simulator, and the way leads to " + address.getHost()
                    + ": open the link in a browser instead");
        }
        return address;
    }

    private static Optional<URI> redirect(HttpResponse<String> answer) {
        return answer.statusCode() == 302
                ? answer.headers().firstValue("location").map(URI::create)
                : Optional.empty();
    }

    private HttpResponse<String> get(URI address) {
        try {
            return http.send(HttpRequest.newBuilder(address).timeout(PATIENCE).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(
                    "nothing answers at " + baseUri + "; start it in another terminal: infra/local/fleetline up", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped", e);
        }
    }

    /** What a page says, in one line. */
    private static String text(String page) {
        return page.replaceFirst("(?s).*<main>", "")
                .replaceAll("<[^>]*>", " ")
                .replace("&#39;", "'")
                .replace("&quot;", "\"")
                .replace("&amp;", "&")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
