package dev.fleetline.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.testing.template.Resource;
import dev.fleetline.testing.template.Template;
import java.util.LinkedHashMap;
import java.util.Map;

/** The variables that a function has when a stack is deployed with the template's own defaults. */
final class TemplateVariables {

    private TemplateVariables() {}

    /** Those that are a value or a parameter; what names another resource is left out. */
    static Map<String, String> of(String module, Template template) {
        Resource function = template.resourcesOf("AWS::Serverless::Function").stream()
                .filter(one -> one.properties().path("CodeUri").asText().endsWith("/" + module + ".zip"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("template.yaml has no function " + module));
        JsonNode parameters = template.parameters();
        Map<String, String> variables = new LinkedHashMap<>();
        function.properties().path("Environment").path("Variables").properties().forEach(variable -> {
            JsonNode value = variable.getValue();
            JsonNode usual = parameters.path(value.path("Ref").asText()).path("Default");
            if (value.isValueNode()) {
                variables.put(variable.getKey(), value.asText());
            } else if (usual.isValueNode()) {
                variables.put(variable.getKey(), usual.asText());
            }
        });
        return variables;
    }
}
