package dev.fleetline.thingspacesimulator.m2m;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.faults.Door;
import dev.fleetline.thingspacesimulator.faults.Faults;
import dev.fleetline.thingspacesimulator.faults.FaultyCalls;
import dev.fleetline.thingspacesimulator.oauth.Credentials;
import dev.fleetline.thingspacesimulator.oauth.StandingTokenBook;
import dev.fleetline.thingspacesimulator.web.Answer;
import dev.fleetline.thingspacesimulator.web.Call;
import dev.fleetline.thingspacesimulator.web.Doorway;
import dev.fleetline.thingspacesimulator.web.Endpoint;
import dev.fleetline.thingspacesimulator.web.HttpAddress;
import dev.fleetline.thingspacesimulator.web.Json;
import dev.fleetline.thingspacesimulator.web.Refusal;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The M2M world's {@code /api/m2m/v1/callbacks}. The platform takes certain ports and trusted certificates alone; here any
 * http or https address will do.
 */
public final class CallbackApi implements HttpService {

    private static final Set<String> SERVICES = Set.of(
            "AlertService",
            "CarrierService",
            "DevicePRLInformation",
            "DeviceProfileService",
            "DevicePromoUsage",
            "DeviceService",
            "DeviceSuspensionStatus",
            "DeviceUsage",
            "DiagnosticsService",
            "EnhancedConnectivityService",
            "ExtendedEnhancedConnectivityService",
            "ExternalProvisioningChanges",
            "IntelligenceService",
            "NetworkEventService",
            "NiddService",
            "PromoChanges",
            "PwnService",
            "QoS",
            "ResumeTrackingNotification",
            "SMSDeliveryConfirmation",
            "StateService",
            "SubscriptionNotificationService",
            "VIPCallbackService");
    private static final int PASSWORD_AT_MOST = 40;

    private final ListenerBook listeners;
    private final M2mGate gate;
    private final FaultyCalls faulty;
    private final Doorway doorway;

    /** The endpoints over that book. */
    public CallbackApi(
            ListenerBook listeners, StandingTokenBook tokens, SessionBook sessions, Faults faults, Doorway doorway) {
        this.listeners = listeners;
        this.gate = new M2mGate(tokens, sessions, M2mErrors.dialect(faults));
        this.faulty = new FaultyCalls(faults);
        this.doorway = doorway;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/{account}", doorway.to(inAccount(_ -> listed())))
                .post("/{account}", doorway.to(inAccount(this::register)))
                .delete("/{account}/name/{service}", doorway.to(inAccount(this::deregister)));
    }

    private Endpoint inAccount(Function<Call, Answer> endpoint) {
        return faulty.behind(
                Door.M2M_CALL,
                M2mErrors.API,
                M2mErrors::serverError,
                gate.withSession(session -> session.call().pathPart("account").equals(Credentials.ACCOUNT)
                        ? endpoint.apply(session.call())
                        : M2mErrors.unknownAccount()));
    }

    private Answer register(Call call) {
        M2mBody body = M2mBody.of(call);
        String service = body.required("name");
        URI url = HttpAddress.of(body.required("url"))
                .orElseThrow(() -> new Refusal(M2mErrors.unexpected("The url is not an http or https address.")));
        Optional<String> password = body.optional("password");
        if (!SERVICES.contains(service)) {
            return M2mErrors.unexpected("There is no such callback service.");
        }
        if (password.filter(text -> text.length() > PASSWORD_AT_MOST).isPresent()) {
            return M2mErrors.unexpected("The password is longer than " + PASSWORD_AT_MOST + " characters.");
        }
        listeners.register(service, url, body.optional("username"), password);
        return told(service);
    }

    private Answer deregister(Call call) {
        String service = call.pathPart("service");
        return listeners.deregister(service)
                ? told(service)
                : M2mErrors.unexpected("No listener is registered for the callback service.");
    }

    private static Answer told(String service) {
        return Answer.json(
                200, Json.object().put("accountName", Credentials.ACCOUNT).put("serviceName", service));
    }

    /** With the passwords in the clear, as the platform tells them. */
    private Answer listed() {
        return Answer.json(
                200,
                Json.array(listeners.of(SERVICES).stream()
                        .map(CallbackApi::document)
                        .toList()));
    }

    private static ObjectNode document(Listener listener) {
        ObjectNode document = Json.object()
                .put("accountName", Credentials.ACCOUNT)
                .put("serviceName", listener.service())
                .put("url", listener.url().toString());
        if (listener.current() instanceof Listener.Proof.Password proof) {
            proof.username().ifPresent(username -> document.put("username", username));
            proof.password().ifPresent(password -> document.put("password", password));
        }
        return document;
    }
}
