package dev.fleetline.testing.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A CloudFormation or SAM template as data; functions in it stay, in long form, for a {@link Resolver} to evaluate. */
public final class Template {

    private static final String FILE = "template.yaml";

    /** The section of {@code Globals} that a type takes its defaults from. */
    private static final Map<String, String> GLOBAL_SECTIONS = Map.of(
            "AWS::Serverless::Function", "Function",
            "AWS::Serverless::Api", "Api",
            "AWS::Serverless::HttpApi", "HttpApi",
            "AWS::Serverless::SimpleTable", "SimpleTable",
            "AWS::Serverless::StateMachine", "StateMachine");

    private final ObjectNode root;
    private final Map<String, Resource> resources;

    private Template(ObjectNode root) {
        this.root = root;
        var found = new LinkedHashMap<String, Resource>();
        section("Resources").properties().forEach(entry -> found.put(entry.getKey(), resource(entry)));
        this.resources = Collections.unmodifiableMap(found);
    }

    /** Reads the project's own {@code template.yaml}, from the working directory upwards. */
    public static Template read() {
        return read(Path.of("").toAbsolutePath());
    }

    /** Reads the {@code template.yaml} of the nearest folder that has one, from here upwards. */
    public static Template read(Path from) {
        for (Optional<Path> folder = Optional.of(from); folder.isPresent(); folder = folder.map(Path::getParent)) {
            Path file = folder.get().resolve(FILE);
            if (Files.isRegularFile(file)) {
                try {
                    return parse(Files.readString(file));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        throw new TemplateException(
                from.toString(), "has no " + FILE + ", nor has any folder above; run inside the project");
    }

    /** Reads a template from its text. */
    public static Template parse(String yaml) {
        if (TemplateYaml.toJson(yaml) instanceof ObjectNode root) {
            return new Template(root);
        }
        throw new TemplateException("template", "must be a mapping with Resources");
    }

    /** Every resource by its logical id, in the order of the template. */
    public Map<String, Resource> resources() {
        return resources;
    }

    /** The resource of a logical id; an error that names it when there is none. */
    public Resource resource(String logicalId) {
        return find(logicalId).orElseThrow(() -> new TemplateException("Resources." + logicalId, "is not there"));
    }

    /** All resources of a type, such as {@code AWS::SQS::Queue}, in the order of the template. */
    public List<Resource> resourcesOf(String type) {
        return resources.values().stream()
                .filter(resource -> resource.type().equals(type))
                .toList();
    }

    /** SAM's {@code Globals}, empty when there are none. */
    public ObjectNode globals() {
        return section("Globals");
    }

    /** The declared parameters by name, empty when there are none. */
    public ObjectNode parameters() {
        return section("Parameters");
    }

    /** The properties with {@code Globals} merged in as SAM does it: maps unite, lists join, the resource wins. */
    public ObjectNode effectiveProperties(Resource resource) {
        JsonNode defaults = globals().path(GLOBAL_SECTIONS.getOrDefault(resource.type(), ""));
        return defaults instanceof ObjectNode object
                ? (ObjectNode) merged(object, resource.properties())
                : resource.properties().deepCopy();
    }

    Optional<Resource> find(String logicalId) {
        return Optional.ofNullable(resources.get(logicalId));
    }

    ObjectNode section(String name) {
        JsonNode section = root.path(name);
        if (section.isMissingNode()) {
            return root.objectNode();
        }
        if (section instanceof ObjectNode object) {
            return object.deepCopy();
        }
        throw new TemplateException(name, "must be a mapping");
    }

    private static Resource resource(Map.Entry<String, JsonNode> entry) {
        String place = "Resources." + entry.getKey();
        if (!(entry.getValue() instanceof ObjectNode body) || !body.path("Type").isTextual()) {
            throw new TemplateException(place, "must have a Type");
        }
        JsonNode properties = body.path("Properties");
        if (!properties.isMissingNode() && !properties.isObject()) {
            throw new TemplateException(place + ".Properties", "must be a mapping");
        }
        return new Resource(
                entry.getKey(),
                body.path("Type").textValue(),
                properties instanceof ObjectNode object ? object : body.objectNode(),
                body);
    }

    private static JsonNode merged(JsonNode global, JsonNode own) {
        if (global instanceof ObjectNode defaults && own instanceof ObjectNode overrides) {
            // !Ref against !Sub: two functions are values, not maps to unite
            if (Resolver.isFunction(defaults) || Resolver.isFunction(overrides)) {
                return overrides.deepCopy();
            }
            ObjectNode union = defaults.deepCopy();
            overrides
                    .properties()
                    .forEach(field -> union.set(
                            field.getKey(),
                            union.has(field.getKey())
                                    ? merged(union.path(field.getKey()), field.getValue())
                                    : field.getValue().deepCopy()));
            return union;
        }
        if (global instanceof ArrayNode defaults && own instanceof ArrayNode additions) {
            return defaults.deepCopy().addAll(additions);
        }
        return own.deepCopy();
    }
}
