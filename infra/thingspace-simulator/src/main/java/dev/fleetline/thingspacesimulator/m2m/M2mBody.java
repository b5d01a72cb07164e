package dev.fleetline.thingspacesimulator.m2m;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.web.Call;
import dev.fleetline.thingspacesimulator.web.Json;
import dev.fleetline.thingspacesimulator.web.Refusal;
import java.util.Optional;
import java.util.regex.Pattern;

/** The JSON object that a call carries, held to the platform's rules. */
final class M2mBody {

    /** These must not be anywhere in a request, not even escaped: a password with one cannot be used. */
    private static final Pattern FORBIDDEN = Pattern.compile("['<\\\\]");

    private final ObjectNode fields;

    private M2mBody(ObjectNode fields) {
        this.fields = fields;
    }

    static M2mBody of(Call call) {
        String text = call.body();
        if (text.isBlank()) {
            throw new Refusal(M2mErrors.emptyBody());
        }
        if (FORBIDDEN.matcher(text).find()) {
            throw new Refusal(M2mErrors.forbiddenCharacter());
        }
        return new M2mBody(Json.readObject(text)
                .orElseThrow(() -> new Refusal(M2mErrors.unreadable("The request is not a JSON object."))));
    }

    /** A text that must be there. */
    String required(String name) {
        return optional(name)
                .orElseThrow(() -> new Refusal(M2mErrors.unreadable("The element " + name + " is missing.")));
    }

    Optional<String> optional(String name) {
        JsonNode value = fields.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new Refusal(M2mErrors.unreadable("The element " + name + " is not a string."));
        }
        return Optional.of(value.asText());
    }
}
