package dev.fleetline.checks;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.List;

/** Judges messages by the project's schemas. */
final class Schemas {

    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final SchemaValidatorsConfig FORMATS_COUNT =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private Schemas() {}

    /** What is wrong with {@code message} by the schema of that name; nothing when it is valid. */
    static List<String> faults(String schema, JsonNode message) {
        return FACTORY
                .getSchema(
                        SchemaLocation.of(ProjectTree.path("events/schemas/" + schema + ".json")
                                .toUri()
                                .toString()),
                        FORMATS_COUNT)
                .validate(message)
                .stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }
}
