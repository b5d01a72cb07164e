package dev.fleetline.testing.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Turns CloudFormation's YAML into JSON: short forms of intrinsic functions become their long forms, and everything
 * else means what it means to CloudFormation (a date is a string).
 */
final class TemplateYaml {

    private static final Set<String> SHORT_FUNCTIONS = Set.of(
            "And",
            "Base64",
            "Cidr",
            "Equals",
            "FindInMap",
            "GetAZs",
            "If",
            "ImportValue",
            "Join",
            "Length",
            "Not",
            "Or",
            "Select",
            "Split",
            "Sub",
            "ToJsonString",
            "Transform");

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private TemplateYaml() {}

    static JsonNode toJson(String yaml) {
        try {
            return Optional.ofNullable(new Yaml(new LoaderOptions()).compose(new StringReader(yaml)))
                    .map(TemplateYaml::value)
                    .orElseThrow(() -> new TemplateException("template", "is empty"));
        } catch (MarkedYAMLException notYaml) {
            throw new TemplateException(
                    "line " + (notYaml.getProblemMark().getLine() + 1), "not YAML: " + notYaml.getProblem());
        }
    }

    private static JsonNode value(Node node) {
        String tag = node.getTag().getValue();
        if (!tag.startsWith("!")) {
            return plain(node);
        }
        String function = tag.substring(1);
        JsonNode argument = plain(node);
        if (function.equals("Ref") || function.equals("Condition")) {
            return JSON.objectNode().set(function, argument);
        }
        if (function.equals("GetAtt")) {
            return JSON.objectNode().set("Fn::GetAtt", getAttArgument(node, argument));
        }
        if (!SHORT_FUNCTIONS.contains(function)) {
            throw new TemplateException(place(node), "!" + function + " is no function of CloudFormation");
        }
        return JSON.objectNode().set("Fn::" + function, argument);
    }

    private static JsonNode getAttArgument(Node node, JsonNode argument) {
        if (!argument.isTextual()) {
            return argument;
        }
        String[] parts = argument.textValue().split("\\.", 2);
        if (parts.length < 2) {
            throw new TemplateException(
                    place(node), "!GetAtt " + argument.textValue() + " must be <logical id>.<attribute>");
        }
        return JSON.arrayNode().add(parts[0]).add(parts[1]);
    }

    private static JsonNode plain(Node node) {
        return switch (node) {
            case MappingNode mapping -> object(mapping);
            case SequenceNode sequence -> array(sequence);
            case ScalarNode scalar -> scalar(scalar);
            default -> throw new TemplateException(place(node), "not a mapping, sequence or scalar");
        };
    }

    private static ObjectNode object(MappingNode mapping) {
        ObjectNode object = JSON.objectNode();
        for (NodeTuple field : mapping.getValue()) {
            if (!(field.getKeyNode() instanceof ScalarNode key)) {
                throw new TemplateException(place(field.getKeyNode()), "a key must be a scalar");
            }
            if (key.getTag().equals(Tag.MERGE)) {
                throw new TemplateException(place(key), "CloudFormation knows no merge keys (<<)");
            }
            if (object.has(key.getValue())) {
                throw new TemplateException(place(key), "the key " + key.getValue() + " is there twice");
            }
            object.set(key.getValue(), value(field.getValueNode()));
        }
        return object;
    }

    private static ArrayNode array(SequenceNode sequence) {
        ArrayNode array = JSON.arrayNode();
        sequence.getValue().forEach(element -> array.add(value(element)));
        return array;
    }

    private static JsonNode scalar(ScalarNode scalar) {
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) {
            return JSON.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return JSON.booleanNode(Set.of("true", "yes", "on").contains(text.toLowerCase(Locale.ROOT)));
        }
        if (tag.equals(Tag.INT) && text.matches("-?(0|[1-9]\\d{0,17})")) {
            return JSON.numberNode(Long.parseLong(text));
        }
        if (tag.equals(Tag.FLOAT) && text.matches("-?\\d+\\.\\d+")) {
            return JSON.numberNode(new BigDecimal(text));
        }
        return JSON.textNode(text);
    }

    private static String place(Node node) {
        return "line " + (node.getStartMark().getLine() + 1);
    }
}
