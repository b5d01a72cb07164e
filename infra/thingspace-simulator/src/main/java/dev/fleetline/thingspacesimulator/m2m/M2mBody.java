package dev.fleetline.thingspacesimulator.m2m;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.web.Call;
import dev.fleetline.thingspacesimulator.web.Json;
import dev.fleetline.thingspacesimulator.web.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The JSON object that a call carries, held to the platform's rules. */
public final class M2mBody {

    /** These must not be anywhere in a request, not even escaped: a password with one cannot be used. */
    private static final Pattern FORBIDDEN = Pattern.compile("['<\\\\]");

    private final ObjectNode fields;

    private M2mBody(ObjectNode fields) {
        this.fields = fields;
    }

    /** The body of a call, which is refused when it is none. */
    public static M2mBody of(Call call) {
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
    public String required(String name) {
        return optional(name)
                .orElseThrow(() -> new Refusal(M2mErrors.unreadable("The element " + name + " is missing.")));
    }

    /** A text that may be there. */
    public Optional<String> optional(String name) {
        JsonNode value = fields.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new Refusal(M2mErrors.unreadable("The element " + name + " is not a string."));
        }
        return Optional.of(value.asText());
    }

    /** A list that must be there, of objects and with at least one. */
    public List<ObjectNode> requiredObjects(String name) {
        List<ObjectNode> objects = objects(name);
        if (objects.isEmpty()) {
            throw new Refusal(M2mErrors.unreadable("The element " + name + " is missing."));
        }
        return objects;
    }

    /** A list of objects that may be there. */
    public List<ObjectNode> objects(String name) {
        List<ObjectNode> objects = new ArrayList<>();
        for (JsonNode value : fields.path(name)) {
            objects.add(object(value, name));
        }
        return objects;
    }

    /** An object that may be there. */
    public Optional<ObjectNode> object(String name) {
        JsonNode value = fields.path(name);
        return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(object(value, name));
    }

    /** A number that may be there, or the digits of one. */
    public Optional<Long> number(String name) {
        JsonNode value = fields.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.asText().matches("\\d{1,18}")) {
            throw new Refusal(M2mErrors.unreadable("The element " + name + " is not a number."));
        }
        return Optional.of(Long.parseLong(value.asText()));
    }

    /** Yes or no; no when it is left out. */
    public boolean flag(String name) {
        return fields.path(name).asBoolean();
    }

    private static ObjectNode object(JsonNode value, String name) {
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw new Refusal(M2mErrors.unreadable("The element " + name + " has something else than objects."));
    }
}
