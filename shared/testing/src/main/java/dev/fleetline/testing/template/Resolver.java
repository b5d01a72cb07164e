package dev.fleetline.testing.template;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.testing.aws.LoopbackAws;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Evaluates a template's intrinsic functions and conditions for one deployment: parameters with the template's
 * defaults, pseudo parameters of loopback, and answers for its resources. What it cannot evaluate is a
 * {@link TemplateException} that names the place.
 */
public final class Resolver {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");

    private final Template template;
    private final ResourceAnswers answers;
    private final Map<String, JsonNode> parameters;
    private final String stackName;

    private Resolver(Template template, ResourceAnswers answers, Map<String, JsonNode> parameters, String stackName) {
        this.template = template;
        this.answers = answers;
        this.parameters = parameters;
        this.stackName = stackName;
    }

    /** For a deployment under this stack name, with these parameter values in place of the template's defaults. */
    public static Resolver of(
            Template template, String stackName, Map<String, String> parameters, ResourceAnswers answers) {
        requireNonNull(answers, "answers");
        ObjectNode declared = template.parameters();
        parameters.keySet().forEach(name -> {
            if (!declared.has(name)) {
                throw new TemplateException(
                        "Parameters." + name, "has a value but is not declared; there are " + names(declared));
            }
        });
        var values = new LinkedHashMap<String, JsonNode>();
        declared.properties().forEach(parameter -> {
            String place = "Parameters." + parameter.getKey();
            JsonNode declaration = parameter.getValue();
            JsonNode given = declaration.path("Default");
            String value = parameters.containsKey(parameter.getKey())
                    ? parameters.get(parameter.getKey())
                    : Optional.of(given)
                            .filter(JsonNode::isValueNode)
                            .filter(node -> !node.isMissingNode())
                            .map(JsonNode::asText)
                            .orElseThrow(() -> new TemplateException(place, "has no Default and was given no value"));
            values.put(parameter.getKey(), checked(place, declaration, value));
        });
        return new Resolver(template, answers, values, requireNonNull(stackName, "stackName"));
    }

    /** The template that this evaluates. */
    public Template template() {
        return template;
    }

    /** Whether the resource exists in this deployment, by its {@code Condition}. */
    public boolean exists(Resource resource) {
        return resource.condition()
                .map(name -> condition(name, resource.place()))
                .orElse(true);
    }

    /** Whether a declared condition holds. */
    public boolean condition(String name) {
        return condition(name, "Conditions");
    }

    /** A resource's properties, globals merged in, everything evaluated. */
    public ObjectNode properties(Resource resource) {
        JsonNode properties = resolve(template.effectiveProperties(resource), resource.place() + ".Properties");
        return properties instanceof ObjectNode object ? object : JSON.objectNode();
    }

    /** What {@code Ref} of a resource, a parameter or a pseudo parameter gives. */
    public String ref(String name) {
        return text(ref(name, "Ref " + name), "Ref " + name);
    }

    /** What {@code GetAtt} gives. */
    public String getAtt(String logicalId, String attribute) {
        return answer(logicalId, attribute, "GetAtt " + logicalId + "." + attribute);
    }

    /** The name that a property gives the resource, else stack and logical id (AWS would add random characters). */
    public String physicalName(Resource resource, String nameProperty) {
        JsonNode name = resource.properties().path(nameProperty);
        JsonNode resolved = resolve(name, resource.place() + ".Properties." + nameProperty);
        return resolved.isMissingNode()
                ? stackName + "-" + resource.logicalId()
                : text(resolved, resource.place() + ".Properties." + nameProperty);
    }

    /**
     * Evaluates a value with everything in it; {@code AWS::NoValue} takes its property or element away, and is a
     * missing node when it is the value itself.
     *
     * @param place where the value is in the template, for messages
     */
    public JsonNode resolve(JsonNode value, String place) {
        return switch (value) {
            case ObjectNode object -> {
                if (isFunction(object)) {
                    yield function(object, place);
                }
                ObjectNode resolved = JSON.objectNode();
                object.properties().forEach(field -> {
                    JsonNode inside = resolve(field.getValue(), place + "." + field.getKey());
                    if (!inside.isMissingNode()) {
                        resolved.set(field.getKey(), inside);
                    }
                });
                yield resolved;
            }
            case ArrayNode array -> {
                ArrayNode resolved = JSON.arrayNode();
                for (int i = 0; i < array.size(); i++) {
                    JsonNode inside = resolve(array.path(i), place + "[" + i + "]");
                    if (!inside.isMissingNode()) {
                        resolved.add(inside);
                    }
                }
                yield resolved;
            }
            default -> value;
        };
    }

    /** Evaluates a value that must come out as a text, a number or a boolean. */
    public String text(JsonNode value, String place) {
        JsonNode resolved = resolve(value, place);
        if (resolved.isMissingNode() || resolved.isNull() || resolved.isContainerNode()) {
            throw new TemplateException(place, "must be a text, a number or a boolean but is " + resolved);
        }
        return resolved.asText();
    }

    static boolean isFunction(ObjectNode object) {
        if (object.size() != 1) {
            return false;
        }
        String name = object.fieldNames().next();
        return name.equals("Ref") || name.startsWith("Fn::");
    }

    private JsonNode function(ObjectNode call, String place) {
        String name = call.fieldNames().next();
        JsonNode argument = call.path(name);
        String here = place + "." + name;
        return switch (name) {
            case "Ref" -> ref(text(argument, here), here);
            case "Fn::GetAtt" -> {
                List<JsonNode> parts = list(argument, 2, here);
                yield JSON.textNode(answer(text(parts.get(0), here), text(parts.get(1), here), here));
            }
            case "Fn::Sub" -> JSON.textNode(sub(argument, here));
            case "Fn::Join" -> {
                List<JsonNode> parts = list(argument, 2, here);
                var elements = new ArrayList<String>();
                elements(parts.get(1), here).forEach(element -> elements.add(text(element, here)));
                yield JSON.textNode(String.join(text(parts.get(0), here), elements));
            }
            case "Fn::If" -> {
                List<JsonNode> parts = list(argument, 3, here);
                yield resolve(parts.get(condition(text(parts.get(0), here), here) ? 1 : 2), here);
            }
            case "Fn::Equals", "Fn::And", "Fn::Or", "Fn::Not" -> JSON.booleanNode(holds(call, place));
            case "Fn::FindInMap" -> {
                List<JsonNode> keys = list(argument, 3, here);
                JsonNode found = template.section("Mappings");
                for (JsonNode key : keys) {
                    found = found.path(text(key, here));
                }
                if (found.isMissingNode()) {
                    throw new TemplateException(here, "there is no such entry in Mappings: " + resolve(argument, here));
                }
                yield found;
            }
            case "Fn::Select" -> {
                List<JsonNode> parts = list(argument, 2, here);
                ArrayNode from = elements(parts.get(1), here);
                String index = text(parts.get(0), here);
                if (!index.matches("\\d{1,6}") || Integer.parseInt(index) >= from.size()) {
                    throw new TemplateException(here, "no element " + index + " in a list of " + from.size());
                }
                yield from.path(Integer.parseInt(index));
            }
            case "Fn::Split" -> {
                List<JsonNode> parts = list(argument, 2, here);
                ArrayNode pieces = JSON.arrayNode();
                for (String piece : text(parts.get(1), here).split(Pattern.quote(text(parts.get(0), here)), -1)) {
                    pieces.add(piece);
                }
                yield pieces;
            }
            default -> throw new TemplateException(here, "is not evaluated: add it to Resolver with its test");
        };
    }

    private JsonNode ref(String name, String place) {
        if (name.startsWith("AWS::")) {
            return pseudo(name, place);
        }
        if (parameters.containsKey(name)) {
            return parameters.getOrDefault(name, MissingNode.getInstance());
        }
        return JSON.textNode(answer(name, ResourceAnswers.REF, place));
    }

    private JsonNode pseudo(String name, String place) {
        return switch (name) {
            case "AWS::NoValue" -> MissingNode.getInstance();
            case "AWS::AccountId" -> JSON.textNode(LoopbackAws.ACCOUNT);
            case "AWS::Region" -> JSON.textNode(LoopbackAws.REGION);
            case "AWS::Partition" -> JSON.textNode("aws");
            case "AWS::URLSuffix" -> JSON.textNode("amazonaws.com");
            case "AWS::StackName" -> JSON.textNode(stackName);
            case "AWS::StackId" ->
                JSON.textNode("arn:aws:cloudformation:" + LoopbackAws.REGION + ":" + LoopbackAws.ACCOUNT + ":stack/"
                        + stackName + "/00000000-0000-0000-0000-000000000000");
            default -> throw new TemplateException(place, name + " is no pseudo parameter known here");
        };
    }

    private String answer(String logicalId, String attribute, String place) {
        Resource resource = template.find(logicalId)
                .orElseThrow(() -> new TemplateException(
                        place, logicalId + " is neither a parameter nor a resource of the template"));
        if (!exists(resource)) {
            throw new TemplateException(
                    place,
                    logicalId + " does not exist here: its condition "
                            + resource.condition().orElse("") + " does not hold");
        }
        return answers.answer(resource, attribute, this)
                .orElseThrow(() -> new TemplateException(
                        place,
                        "what a " + resource.type() + " answers to " + attribute
                                + " is not known: give it in ResourceAnswers"));
    }

    private String sub(JsonNode argument, String place) {
        Map<String, JsonNode> own = new TreeMap<>();
        JsonNode text = argument;
        if (argument.isArray()) {
            List<JsonNode> parts = list(argument, 2, place);
            text = parts.get(0);
            parts.get(1).properties().forEach(field -> own.put(field.getKey(), field.getValue()));
        }
        if (!text.isTextual()) {
            throw new TemplateException(place, "the text of Sub must be written out");
        }
        Matcher placeholder = PLACEHOLDER.matcher(text.textValue());
        return placeholder.replaceAll(match -> {
            String name = match.group(1);
            String here = place + " ${" + name + "}";
            if (name.startsWith("!")) {
                return Matcher.quoteReplacement("${" + name.substring(1) + "}");
            }
            if (own.containsKey(name)) {
                return Matcher.quoteReplacement(text(own.getOrDefault(name, MissingNode.getInstance()), here));
            }
            int dot = name.indexOf('.');
            return Matcher.quoteReplacement(
                    dot < 0
                            ? text(ref(name, here), here)
                            : answer(name.substring(0, dot), name.substring(dot + 1), here));
        });
    }

    private boolean condition(String name, String place) {
        JsonNode declared = template.section("Conditions").path(name);
        if (declared.isMissingNode()) {
            throw new TemplateException(place, "the condition " + name + " is not declared");
        }
        return holds(declared, "Conditions." + name);
    }

    private boolean holds(JsonNode expression, String place) {
        if (expression instanceof ObjectNode call && call.size() == 1) {
            String name = call.fieldNames().next();
            String here = place + "." + name;
            JsonNode argument = call.path(name);
            switch (name) {
                case "Condition" -> {
                    return condition(text(argument, here), here);
                }
                case "Fn::Equals" -> {
                    List<JsonNode> sides = list(argument, 2, here);
                    return text(sides.get(0), here).equals(text(sides.get(1), here));
                }
                case "Fn::Not" -> {
                    return !holds(list(argument, 1, here).getFirst(), here);
                }
                case "Fn::And" -> {
                    return argument.valueStream().allMatch(part -> holds(part, here));
                }
                case "Fn::Or" -> {
                    return argument.valueStream().anyMatch(part -> holds(part, here));
                }
                default -> throw new TemplateException(here, "is not a condition function");
            }
        }
        throw new TemplateException(place, "must be one condition function but is " + expression);
    }

    private ArrayNode elements(JsonNode value, String place) {
        if (resolve(value, place) instanceof ArrayNode array) {
            return array;
        }
        throw new TemplateException(place, "must be a list");
    }

    private static List<JsonNode> list(JsonNode argument, int size, String place) {
        if (!argument.isArray() || argument.size() != size) {
            throw new TemplateException(place, "must have a list of " + size + " but has " + argument);
        }
        return argument.valueStream().toList();
    }

    private static JsonNode checked(String place, JsonNode declaration, String value) {
        JsonNode allowed = declaration.path("AllowedValues");
        if (allowed.isArray()
                && allowed.valueStream().noneMatch(one -> one.asText().equals(value))) {
            throw new TemplateException(place, "must be one of " + allowed + " but is " + value);
        }
        String pattern = declaration.path("AllowedPattern").asText();
        if (!pattern.isEmpty() && !value.matches(pattern)) {
            throw new TemplateException(place, "must match " + pattern + " but is " + value);
        }
        String type = declaration.path("Type").asText();
        return switch (type) {
            case "String" -> JSON.textNode(value);
            case "Number" -> JSON.textNode(checkedNumber(place, declaration, value));
            case "CommaDelimitedList" -> {
                ArrayNode elements = JSON.arrayNode();
                for (String element : value.split(",", -1)) {
                    elements.add(element.strip());
                }
                yield elements;
            }
            default ->
                throw new TemplateException(
                        place + ".Type", type + " is not known here: add it to Resolver with its test");
        };
    }

    private static String checkedNumber(String place, JsonNode declaration, String value) {
        try {
            var number = new BigDecimal(value);
            JsonNode min = declaration.path("MinValue");
            JsonNode max = declaration.path("MaxValue");
            boolean tooSmall = !min.isMissingNode() && number.compareTo(new BigDecimal(min.asText())) < 0;
            boolean tooLarge = !max.isMissingNode() && number.compareTo(new BigDecimal(max.asText())) > 0;
            if (tooSmall || tooLarge) {
                throw new TemplateException(
                        place, "must be from " + min.asText("-") + " to " + max.asText("-") + " but is " + value);
            }
            return value;
        } catch (NumberFormatException notANumber) {
            throw new TemplateException(place, "must be a number but is " + value);
        }
    }

    private static List<String> names(ObjectNode object) {
        return object.propertyStream().map(Map.Entry::getKey).toList();
    }
}
