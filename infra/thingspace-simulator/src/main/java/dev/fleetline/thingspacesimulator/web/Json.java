package dev.fleetline.thingspacesimulator.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;

/** Reads and writes the trees that all bodies are made of. */
public final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private Json() {}

    /** An object to be filled. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A list of what there is. */
    public static ArrayNode array(Collection<? extends JsonNode> elements) {
        return JsonNodeFactory.instance.arrayNode().addAll(elements);
    }

    /** The object that {@code text} spells, if it spells one. */
    public static Optional<ObjectNode> readObject(String text) {
        try {
            return Optional.of(MAPPER.readTree(text)).filter(JsonNode::isObject).map(ObjectNode.class::cast);
        } catch (JsonProcessingException e) {
            // an answer, not a failure: each part of the platform refuses broken JSON in words of its own
            return Optional.empty();
        }
    }

    /** An object that comes with the simulator, next to {@code owner}. */
    public static ObjectNode resource(Class<?> owner, String name) {
        try (InputStream in = Objects.requireNonNull(owner.getResourceAsStream(name), name)) {
            return (ObjectNode) MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the simulator's own " + name, e);
        }
    }

    /** The tree as text on one line, control characters escaped. */
    public static String write(JsonNode tree) {
        return tree.toString();
    }
}
