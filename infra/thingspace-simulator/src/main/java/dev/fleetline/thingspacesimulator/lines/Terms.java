package dev.fleetline.thingspacesimulator.lines;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.m2m.M2mBody;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a call says about all of its devices alike. */
record Terms(Optional<String> servicePlan, Optional<String> groupName, Map<String, String> customFields) {

    private static final Set<String> NAMES =
            Set.of("CustomField1", "CustomField2", "CustomField3", "CustomField4", "CustomField5");
    private static final int LONGEST = 50;

    Terms {
        customFields = Map.copyOf(customFields);
    }

    static Terms in(M2mBody body) {
        return new Terms(
                body.optional("servicePlan"), body.optional("groupName"), customFields(body.objects("customFields")));
    }

    private static Map<String, String> customFields(List<ObjectNode> fields) {
        Map<String, String> all = new LinkedHashMap<>();
        for (ObjectNode field : fields) {
            String name = field.path("key").asText();
            String value = field.path("value").asText();
            if (!NAMES.contains(name)) {
                throw Refused.WRONG_CUSTOM_FIELD.refusal();
            }
            if (value.length() > LONGEST) {
                throw Refused.LONG_CUSTOM_FIELD.refusal();
            }
            all.put(name, value);
        }
        return all;
    }
}
