package dev.fleetline.thingspacem2m;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.fleetline.device.Mender;
import dev.fleetline.thingspacem2m.M2mCodes.Remedy;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What an answer means. The code decides and not the status: an ended session was seen with 400, 401 and 403. Codes of
 * the service begin with its name, which does not count; the gateway before it has codes of its own, as Cloud Connector has.
 */
final class M2mAnswers {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Diagnostics and Location say with a server's status what will be so for good. */
    private static final Set<String> FOR_GOOD =
            Set.of("NOT_FOUND", "UNREGISTERED_ACCOUNT", "INACTIVE_ACCOUNT", "DEVICE_UNREGISTERED");

    private static final int LONGEST_CODE = 100;

    private M2mAnswers() {}

    /** What it says. */
    sealed interface Meaning {
        /** With its body; a missing node where it is empty. */
        record Yes(JsonNode body) implements Meaning {}

        /** Bearer or session is not good (any more), so nothing was done. */
        record TokenRefused() implements Meaning {}

        record Refused(String code, Mender mender) implements Meaning {
            /** Of what was asked for wrongly. */
            Refused(String code) {
                this(code, Mender.SENDER);
            }
        }

        /** What was asked for is so already. */
        record AlreadyDone() implements Meaning {}

        /** Nothing was done, and later it may be. */
        record NotNow(String reason) implements Meaning {}

        /** It was taken and waits for somebody's approval; that may yet be denied. */
        record OnHold() implements Meaning {}

        /** It does not say whether anything was done. */
        record NothingSaid(String reason) implements Meaning {}
    }

    /** Never repeats the answer's text: it may hold a password. */
    static Meaning of(int status, String body) {
        Optional<JsonNode> json = read(body);
        Optional<String> service = json.map(fields -> fields.path("errorCode").asText(""))
                .filter(code -> !code.isBlank())
                .map(M2mCodes::withoutService);
        if (service.isPresent()) {
            String text = json.get().path("errorMessage").asText("");
            return ofTheService(status, service.get(), text.toLowerCase(Locale.ROOT));
        }
        Optional<JsonNode> cloud =
                json.filter(fields -> !fields.path("error").asText("").isBlank());
        if (cloud.isPresent()) {
            return ofCloudConnector(status, cloud.get());
        }
        Optional<String> gateway =
                json.map(fields -> fields.at("/fault/code").asText("")).filter(code -> !code.isBlank());
        if (gateway.isPresent()) {
            return ofTheGateway(status, gateway.get());
        }
        if (status == 401) {
            return new Meaning.TokenRefused();
        }
        if (status == 429) {
            return new Meaning.NotNow("status 429");
        }
        if (status >= 400 && status < 500 && status != 408) {
            return new Meaning.Refused("HTTP_" + status, Mender.OPERATIONS);
        }
        if (status / 100 == 2 && body.isBlank()) {
            return new Meaning.Yes(MissingNode.getInstance());
        }
        return status / 100 == 2
                ? json.<Meaning>map(Meaning.Yes::new)
                        .orElseGet(() -> new Meaning.NothingSaid("status " + status + " with a body that is no JSON"))
                : new Meaning.NothingSaid("status " + status);
    }

    /** Location calls an ended session an invalid parameter, which only its text tells from one. */
    private static Meaning ofTheService(int status, String code, String text) {
        if (text.contains("uws verification failure")) {
            return new Meaning.TokenRefused();
        }
        boolean isNo = (status >= 400 && status < 500 && status != 429)
                || FOR_GOOD.contains(code)
                || M2mCodes.isLastWord(code);
        Meaning otherwise = status == 429
                ? new Meaning.NotNow("status 429")
                : new Meaning.NothingSaid("status " + status + " " + M2mCodes.name(code));
        return switch (M2mCodes.remedy(code).orElseGet(Remedy.Stop::new)) {
            case Remedy.RenewToken() -> new Meaning.TokenRefused();
            case Remedy.NotNow() -> otherwise;
            case Remedy.OnHold() -> new Meaning.OnHold();
            case Remedy.AlreadyDone() -> isNo ? new Meaning.AlreadyDone() : otherwise;
            case Remedy.Refused _, Remedy.WrongSettings(), Remedy.Stop() ->
                isNo ? new Meaning.Refused(M2mCodes.name(code), M2mCodes.mender(code)) : otherwise;
        };
    }

    /** An ended session is a 401; a bearer that is none was seen as a 500 that only its text tells from a fault. */
    private static Meaning ofCloudConnector(int status, JsonNode fields) {
        String code = fields.path("error").asText();
        boolean isOfTheTokens = code.equalsIgnoreCase("unauthorized")
                || fields.path("error_description")
                        .asText("")
                        .toLowerCase(Locale.ROOT)
                        .contains("failure response received for uws");
        if (isOfTheTokens) {
            return new Meaning.TokenRefused();
        }
        if (status == 429 || status == 503) {
            return new Meaning.NotNow("status " + status);
        }
        return status >= 400 && status < 500 && status != 408
                ? new Meaning.Refused(harmless(code))
                : new Meaning.NothingSaid("status " + status + " " + harmless(code));
    }

    private static Meaning ofTheGateway(int status, String code) {
        return switch (M2mCodes.remedy(code).orElseGet(Remedy.Stop::new)) {
            case Remedy.RenewToken() -> new Meaning.TokenRefused();
            case Remedy.NotNow() -> new Meaning.NotNow("the gateway lets no more calls through");
            case Remedy.AlreadyDone(), Remedy.OnHold(), Remedy.Refused _, Remedy.WrongSettings(), Remedy.Stop() ->
                status >= 400 && status < 500 && status != 429
                        ? new Meaning.Refused("GATEWAY_" + harmless(code), M2mCodes.mender(code))
                        : status == 429
                                ? new Meaning.NotNow("status 429 of the gateway")
                                : new Meaning.NothingSaid("status " + status + " of the gateway");
        };
    }

    private static Optional<JsonNode> read(String body) {
        try {
            return Optional.ofNullable(JSON.readTree(body)).filter(JsonNode::isContainerNode);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** A code goes into logs, and nobody knows what stands there one day. */
    private static String harmless(String code) {
        return code.length() <= LONGEST_CODE && code.matches("[A-Za-z0-9_.-]+") ? code : "UNREADABLE_CODE";
    }
}
