package dev.fleetline.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fleetline.device.Imei;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** The control desk of a running simulator, spoken to over HTTP: its tokens, faults, clock and counts. */
public final class SimulatorDesk {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI simulator;
    private final HttpClient http = HttpClient.newHttpClient();

    /** The desk of the simulator at {@code http://127.0.0.1:<port>}. */
    public SimulatorDesk(URI simulator) {
        this.simulator = simulator;
    }

    /** An access token for devices, targets and subscriptions, as after an operator's consent. */
    public String userToken() {
        JsonNode client = json(get("/control/credentials")).path("core");
        String clientId = client.path("clientId").asText();
        HttpResponse<String> consent = get("/core/oauth2/authorization?response_type=code&client_id=" + clientId
                + "&scope=ts.device+ts.target+ts.subscription");
        String location = consent.headers().firstValue("location").orElse("");
        String code = URLDecoder.decode(location.replaceFirst(".*[?&]code=([^&]*).*", "$1"), StandardCharsets.UTF_8);
        String basic = Base64.getEncoder()
                .encodeToString(
                        (clientId + ":" + client.path("clientSecret").asText()).getBytes(StandardCharsets.UTF_8));
        return json(send(HttpRequest.newBuilder(URI.create(simulator + "/core/oauth2/token"))
                        .header("authorization", "Basic " + basic)
                        .header("content-type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("grant_type=authorization_code&code="
                                + URLEncoder.encode(code, StandardCharsets.UTF_8)))))
                .path("access_token")
                .asText();
    }

    /** Both tokens of the M2M world, and the account that they are of. */
    public record M2mTokens(String account, String bearer, String session) {
        /** Without the tokens. */
        @Override
        public String toString() {
            return "M2mTokens[" + account + "]";
        }
    }

    /** A token of the 5G Edge client. */
    public String edgeToken() {
        return clientToken("/5gedge", json(get("/control/credentials")).path("edge"));
    }

    /** Tokens as after a login of the M2M API's user. */
    public M2mTokens m2mTokens() {
        JsonNode m2m = json(get("/control/credentials")).path("m2m");
        String bearer = clientToken("/thingspace", m2m);
        String login = JSON.createObjectNode()
                .put("username", m2m.path("username").asText())
                .put("password", m2m.path("password").asText())
                .toString();
        String session = json(send(
                        HttpRequest.newBuilder(URI.create(simulator + "/thingspace/api/m2m/v1/session/login"))
                                .header("authorization", "Bearer " + bearer)
                                .header("content-type", "application/json")
                                .POST(BodyPublishers.ofString(login))))
                .path("sessionToken")
                .asText();
        return new M2mTokens(m2m.path("account").asText(), bearer, session);
    }

    private String clientToken(String host, JsonNode client) {
        String basic = Base64.getEncoder()
                .encodeToString((client.path("clientId").asText() + ":"
                                + client.path("clientSecret").asText())
                        .getBytes(StandardCharsets.UTF_8));
        return json(send(HttpRequest.newBuilder(URI.create(simulator + host + "/api/ts/v1/oauth2/token"))
                        .header("authorization", "Basic " + basic)
                        .header("content-type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("grant_type=client_credentials"))))
                .path("access_token")
                .asText();
    }

    /** Replaces all faults: {@code {"lostAnswer":1}}. */
    public void faults(String json) {
        var _ = post("/control/faults", json);
    }

    /** Somebody edits a line of M2M in the portal: {@code {"imei":"…","state":"deactive"}}. */
    public void editsLine(String json) {
        HttpResponse<String> answer = post("/control/m2m/devices", json);
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException("the portal answered " + answer.statusCode() + " " + answer.body());
        }
    }

    public void forward(Duration by) {
        var _ = post("/control/clock", "{\"forward\":\"" + by + "\"}");
    }

    public void expireTokens() {
        expire("core");
    }

    /** Ends all tokens of a realm: {@code core}, {@code m2m}, {@code edge}, or the {@code session}s. */
    public void expire(String realm) {
        var _ = post("/control/tokens/expire", "{\"realm\":\"" + realm + "\"}");
    }

    /** The device reports this charge of its battery now, and it is streamed before this returns. */
    public void reports(Imei imei, int battery) {
        var _ = post("/control/reports", "{\"imei\":\"" + imei.digits() + "\",\"battery\":" + battery + "}");
    }

    /** A service sends its listener a message about that device; how the listener answered the first try, 0 if nobody did. */
    public int callsBack(String service, Imei imei) {
        String message = "{\"service\":\"" + service + "\",\"imei\":\"" + imei.digits() + "\"}";
        return json(post("/control/callbacks", message))
                .at("/delivered/0/status")
                .asInt();
    }

    public int registrations(Imei imei) {
        return json(get("/control/state")).at("/registrations/" + imei.digits()).asInt();
    }

    public int activations(Imei imei) {
        return json(get("/control/state")).at("/activations/" + imei.digits()).asInt();
    }

    /** How many activations of that device the M2M world has accepted. */
    public int lineActivations(Imei imei) {
        return json(get("/control/m2m/devices?imei=" + imei.digits()))
                .path("activations")
                .asInt();
    }

    private HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(simulator + path)).GET());
    }

    private HttpResponse<String> post(String path, String json) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(simulator + path))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(json)));
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("the simulator refused " + path + ": " + answer.body());
        }
        return answer;
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException("the simulator answered something else than JSON", e);
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the simulator", e);
        }
    }
}
