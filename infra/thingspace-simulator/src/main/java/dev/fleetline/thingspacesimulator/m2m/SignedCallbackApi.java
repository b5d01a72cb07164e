package dev.fleetline.thingspacesimulator.m2m;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.faults.Door;
import dev.fleetline.thingspacesimulator.faults.Faults;
import dev.fleetline.thingspacesimulator.faults.FaultyCalls;
import dev.fleetline.thingspacesimulator.oauth.Credentials;
import dev.fleetline.thingspacesimulator.oauth.StandingTokenBook;
import dev.fleetline.thingspacesimulator.web.Answer;
import dev.fleetline.thingspacesimulator.web.Call;
import dev.fleetline.thingspacesimulator.web.Courier;
import dev.fleetline.thingspacesimulator.web.Doorway;
import dev.fleetline.thingspacesimulator.web.Endpoint;
import dev.fleetline.thingspacesimulator.web.HttpAddress;
import dev.fleetline.thingspacesimulator.web.Json;
import dev.fleetline.thingspacesimulator.web.Refusal;
import dev.fleetline.thingspacesimulator.wire.PlatformTimes;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The callback listeners of Diagnostics, {@code /api/diagnostics/v1/callbacks}, and of Location, {@code /api/loc/v1/callbacks}.
 * A registration is answered with the key that callbacks are signed with, in a header; it is told this once.
 */
public final class SignedCallbackApi implements HttpService {

    private static final String DIAGNOSTICS_API = "/diagnostics/v1";
    private static final String LOCATION_API = "/loc/v1";
    private static final Set<String> DIAGNOSTICS = Set.of("Diagnostics");
    private static final Set<String> LOCATION = Set.of("Location", "DeviceLocation");

    private final ListenerBook listeners;
    private final StandingTokenBook tokens;
    private final SessionBook sessions;
    private final Faults faults;
    private final Doorway doorway;

    /** The endpoints over that book. */
    public SignedCallbackApi(
            ListenerBook listeners, StandingTokenBook tokens, SessionBook sessions, Faults faults, Doorway doorway) {
        this.listeners = listeners;
        this.tokens = tokens;
        this.sessions = sessions;
        this.faults = faults;
        this.doorway = doorway;
    }

    @Override
    public void routing(HttpRules rules) {
        String diagnostics = DIAGNOSTICS_API + "/callbacks";
        rules.get(diagnostics, doorway.to(diagnostics(this::accountInQuery, _ -> listed())))
                .post(diagnostics, doorway.to(diagnostics(SignedCallbackApi::accountInBody, this::observe)))
                .delete(diagnostics, doorway.to(diagnostics(this::accountInQuery, this::stopObserving)));
        String location = LOCATION_API + "/callbacks/{account}";
        rules.get(location, doorway.to(location(_ -> listedByLocation())))
                .post(location, doorway.to(location(this::locate)))
                .delete(location + "/name/{service}", doorway.to(location(this::stopLocating)));
    }

    private Endpoint diagnostics(Function<Call, Optional<String>> account, Function<Call, Answer> endpoint) {
        return guarded(DIAGNOSTICS_API, account, endpoint);
    }

    private Endpoint location(Function<Call, Answer> endpoint) {
        return guarded(LOCATION_API, call -> Optional.of(call.pathPart("account")), endpoint);
    }

    private Endpoint guarded(String api, Function<Call, Optional<String>> account, Function<Call, Answer> endpoint) {
        M2mGate gate = new M2mGate(tokens, sessions, SignedErrors.dialect(api));
        return new FaultyCalls(faults)
                .behind(
                        Door.M2M_CALL,
                        api,
                        SignedErrors::serverError,
                        gate.withSession(session -> account.apply(session.call())
                                        .filter(Credentials.ACCOUNT::equals)
                                        .isPresent()
                                ? endpoint.apply(session.call())
                                : SignedErrors.invalidAccount()));
    }

    private Answer observe(Call call) {
        ObjectNode body = objectIn(call);
        String service = oneOf(DIAGNOSTICS, body.path("serviceName").asText());
        URI endpoint = address(body.path("endpoint").asText());
        Map<String, String> headers = new LinkedHashMap<>();
        body.path("httpHeaders")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        if (!Courier.canCarry(endpoint, headers)) {
            return SignedErrors.invalidParameter("httpHeaders");
        }
        String key = listeners.registerSigned(service, endpoint, headers);
        return listeners
                .listener(service)
                .map(listener -> withKey(Answer.json(200, document(listener)), key))
                .orElseGet(SignedErrors::serverError);
    }

    private Answer stopObserving(Call call) {
        String service = oneOf(DIAGNOSTICS, call.query("serviceName").orElse(""));
        Optional<Listener> listener = listeners.listener(service);
        listeners.deregister(service);
        return listener.map(found -> Answer.json(200, document(found))).orElseGet(SignedErrors::notFound);
    }

    private Answer listed() {
        return Answer.json(
                200,
                Json.array(listeners.of(DIAGNOSTICS).stream()
                        .map(SignedCallbackApi::document)
                        .toList()));
    }

    private static ObjectNode document(Listener listener) {
        ObjectNode document = Json.object()
                .put("accountName", Credentials.ACCOUNT)
                .put("serviceName", listener.service())
                .put("endpoint", listener.url().toString());
        if (listener.current() instanceof Listener.Proof.Key key) {
            key.headers().forEach(document.putObject("httpHeaders")::put);
        }
        return document.put("createdOn", PlatformTimes.millis(listener.current().since()));
    }

    private Answer locate(Call call) {
        ObjectNode body = objectIn(call);
        String service = oneOf(LOCATION, body.path("name").asText());
        URI url = address(body.path("url").asText());
        return withKey(told(service), listeners.registerSigned(service, url, Map.of()));
    }

    private Answer stopLocating(Call call) {
        String service = oneOf(LOCATION, call.pathPart("service"));
        return listeners.deregister(service) ? told(service) : SignedErrors.notFound();
    }

    private Answer listedByLocation() {
        return Answer.json(
                200,
                Json.array(listeners.of(LOCATION).stream()
                        .map(listener -> Json.object()
                                .put("accountName", Credentials.ACCOUNT)
                                .put("serviceName", listener.service())
                                .put("url", listener.url().toString()))
                        .toList()));
    }

    private static Answer told(String service) {
        return Answer.json(
                200, Json.object().put("account", Credentials.ACCOUNT).put("name", service));
    }

    private Answer withKey(Answer answer, String key) {
        return answer.with(faults.settings().signing().keyHeader(), key);
    }

    private Optional<String> accountInQuery(Call call) {
        return call.query("accountName");
    }

    private static Optional<String> accountInBody(Call call) {
        return Optional.of(objectIn(call).path("accountName").asText());
    }

    private static ObjectNode objectIn(Call call) {
        return Json.readObject(call.body())
                .orElseThrow(() -> new Refusal(SignedErrors.invalidParameter("The request is not a JSON object.")));
    }

    private static String oneOf(Set<String> services, String wanted) {
        if (!services.contains(wanted)) {
            throw new Refusal(SignedErrors.invalidParameter("There is no such callback service."));
        }
        return wanted;
    }

    private static URI address(String text) {
        return HttpAddress.of(text)
                .orElseThrow(() ->
                        new Refusal(SignedErrors.invalidParameter("The address is not an http or https address.")));
    }
}
