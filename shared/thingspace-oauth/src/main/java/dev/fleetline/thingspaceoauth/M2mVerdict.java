package dev.fleetline.thingspaceoauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspaceoauth.Exchange.Answer;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an answer of the M2M API says of token and session.
 *
 * <p>The code decides, not the status: an ended session was seen with 400, 401 and 403. Codes begin with the name of a
 * service, which does not count. The gateway before the API has codes of its own, in JSON or in XML. Cloud Connector, which
 * takes the same token and session, has an error of its own for an ended session.
 */
public final class M2mVerdict {

    private static final Set<String> SESSION_CODES = Set.of(
            "REQUEST_FAILED.SessionToken.Expired",
            "REQUEST_FAILED.SessionToken.Format",
            "INPUT_INVALID.SessionToken.Invalid");

    /** The gateway's for a bearer that is missing, and for one that is wrong or has ended. */
    private static final Set<String> BEARER_CODES = Set.of("900901", "900902");

    private static final Pattern XML_CODE = Pattern.compile("<am:code>\\s*([0-9]{1,9})\\s*</am:code>");
    private static final Pattern XML_MESSAGE = Pattern.compile("<am:message>([^<]{1,100})</am:message>");

    private M2mVerdict() {}

    /** What it says. */
    public sealed interface Verdict {
        /** It was answered as asked. */
        record Fine() implements Verdict {}

        /** The bearer is not good (any more). */
        record TokenEnded() implements Verdict {}

        /** The session is not good (any more); another login mends that. */
        record SessionEnded() implements Verdict {}

        /** Something else; the code without the service's name, or what kind of answer it was. */
        record Fault(String code) implements Verdict {}
    }

    /** Reads an answer; never throws for one. */
    public static Verdict of(int status, String body) {
        Optional<ObjectNode> fields = Answers.object(new Answer(status, body));
        Optional<String> code = fields.flatMap(M2mVerdict::serviceCode);
        if (code.isPresent()) {
            return SESSION_CODES.contains(code.get()) ? new Verdict.SessionEnded() : new Verdict.Fault(code.get());
        }
        if (fields.filter(M2mVerdict::isCloudConnectorsWordForAnEndedSession).isPresent()) {
            return new Verdict.SessionEnded();
        }
        Optional<String> gateway = fields.flatMap(M2mVerdict::gatewayCode).or(() -> xmlCode(body));
        if (gateway.isPresent()) {
            return BEARER_CODES.contains(gateway.get())
                    ? new Verdict.TokenEnded()
                    : new Verdict.Fault("gateway fault " + gateway.get());
        }
        if (status / 100 == 2) {
            return Answers.isJson(body) ? new Verdict.Fine() : new Verdict.Fault("something that is not JSON");
        }
        // without a code that says more, 401 speaks of the bearer
        return status == 401 ? new Verdict.TokenEnded() : new Verdict.Fault("without a code");
    }

    /** Whether it was the service itself that answered, and not a gateway or a proxy before it. */
    static boolean isFromTheService(String body) {
        return Answers.object(new Answer(0, body))
                .flatMap(M2mVerdict::serviceCode)
                .isPresent();
    }

    /** Whether the gateway itself says no, in JSON or XML. */
    static boolean isFromTheGateway(String body) {
        return Answers.object(new Answer(0, body))
                .flatMap(M2mVerdict::gatewayCode)
                .or(() -> xmlCode(body))
                .isPresent();
    }

    /** Cloud Connector hides the code of the service behind it, and says 401 although the bearer is good. */
    private static boolean isCloudConnectorsWordForAnEndedSession(ObjectNode fields) {
        return fields.path("error").asText().equals("unauthorized")
                && fields.path("error_description").asText().contains("UWS V1 REST");
    }

    private static Optional<String> serviceCode(ObjectNode fields) {
        String code = fields.path("errorCode").asText();
        int service = code.indexOf('.');
        return code.isBlank() ? Optional.empty() : Optional.of(Answers.harmless(code.substring(service + 1)));
    }

    private static Optional<String> gatewayCode(ObjectNode fields) {
        JsonNode code = fields.at("/fault/code");
        return code.isMissingNode() ? Optional.empty() : Optional.of(Answers.harmless(code.asText()));
    }

    private static Optional<String> xmlCode(String body) {
        if (!body.stripLeading().startsWith("<") || !body.contains("wso2.org/apimanager")) {
            return Optional.empty();
        }
        Matcher code = XML_CODE.matcher(body);
        if (code.find()) {
            return Optional.of(code.group(1));
        }
        Matcher message = XML_MESSAGE.matcher(body);
        return Optional.of(message.find() ? Answers.harmless(message.group(1)) : "without a code");
    }
}
