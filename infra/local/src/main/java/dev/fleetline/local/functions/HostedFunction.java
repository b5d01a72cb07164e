package dev.fleetline.local.functions;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * One function of the template, ready to be invoked.
 *
 * <p>Invocations run side by side on one instance, where Lambda would start several: a handler holds nothing that
 * belongs to one invocation, so it makes no difference.
 */
public final class HostedFunction {

    private final String module;
    private final String logicalId;
    private final ObjectNode properties;
    private final Map<String, String> environment;
    private final RequestStreamHandler handler;
    private final Supplier<UUID> ids;
    private final AtomicLong invocations = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();

    HostedFunction(
            String module,
            String logicalId,
            ObjectNode properties,
            Map<String, String> environment,
            RequestStreamHandler handler,
            Supplier<UUID> ids) {
        this.module = module;
        this.logicalId = logicalId;
        this.properties = properties;
        this.environment = Map.copyOf(environment);
        this.handler = handler;
        this.ids = ids;
    }

    /** The name of its module, {@code health-sweep}. */
    public String module() {
        return module;
    }

    /** What the template calls it, {@code HealthSweep}. */
    public String logicalId() {
        return logicalId;
    }

    /** What the template says of it, everything evaluated; not to be changed. */
    public ObjectNode properties() {
        return properties;
    }

    /** The variables that it was given. */
    public Map<String, String> environment() {
        return environment;
    }

    /** How often it was invoked. */
    public long invocations() {
        return invocations.get();
    }

    /** How many of those invocations ended with an exception. */
    public long failures() {
        return failures.get();
    }

    /** It threw: to Lambda, a failed invocation. */
    public static final class Failed extends RuntimeException {
        Failed(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Invokes it and waits; the reply is a missing node when it wrote nothing.
     *
     * @throws Failed when the handler threw
     */
    public JsonNode invoke(JsonNode event) {
        invocations.incrementAndGet();
        var context = new InvocationContext(
                module,
                ids.get(),
                properties.path("MemorySize").asInt(128),
                Duration.ofSeconds(properties.path("Timeout").asInt(3)));
        var reply = new ByteArrayOutputStream();
        try {
            handler.handleRequest(new ByteArrayInputStream(EdgeJson.JSON.writeValueAsBytes(event)), reply, context);
            return reply.size() == 0 ? MissingNode.getInstance() : EdgeJson.JSON.readTree(reply.toByteArray());
        } catch (IOException | RuntimeException e) {
            failures.incrementAndGet();
            throw new Failed("function " + module + " failed: " + e, e);
        }
    }
}
