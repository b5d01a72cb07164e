package dev.fleetline.local.functions;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.testing.template.Resolver;
import dev.fleetline.testing.template.Resource;
import java.lang.reflect.InvocationTargetException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** All functions of a template, by the name of their module. */
public final class HostedFunctions {

    private static final String TYPE = "AWS::Serverless::Function";

    private final Map<String, HostedFunction> byModule;
    private final Map<String, HostedFunction> byArn;

    private HostedFunctions(Map<String, HostedFunction> byModule, Map<String, HostedFunction> byArn) {
        this.byModule = Collections.unmodifiableMap(byModule);
        this.byArn = Collections.unmodifiableMap(byArn);
    }

    /**
     * Starts every function that the template deploys; a setting that is wrong stops here.
     *
     * @param around what a function is given besides the template's own variables, and the world around it
     * @param hosting how each of their handlers comes to be
     */
    public static HostedFunctions start(
            Resolver resolver,
            Function<Map<String, String>, Surroundings> around,
            Hosting hosting,
            Supplier<UUID> ids) {
        requireNonNull(around, "around");
        var byModule = new LinkedHashMap<String, HostedFunction>();
        var byArn = new LinkedHashMap<String, HostedFunction>();
        for (Resource resource : resolver.template().resourcesOf(TYPE)) {
            if (resolver.exists(resource)) {
                HostedFunction function = start(resource, resolver, around, hosting, ids);
                byModule.put(function.module(), function);
                byArn.put(resolver.getAtt(resource.logicalId(), "Arn"), function);
            }
        }
        return new HostedFunctions(byModule, byArn);
    }

    /** Every function, in the order of the template. */
    public Collection<HostedFunction> all() {
        return byModule.values();
    }

    /** The function of a module. */
    public Optional<HostedFunction> find(String module) {
        return Optional.ofNullable(byModule.get(module));
    }

    /** The function with this ARN, or that of an alias of it: on a laptop a function has one version. */
    public Optional<HostedFunction> withArn(String arn) {
        return Optional.ofNullable(byArn.get(withoutAlias(arn)));
    }

    static String withoutAlias(String arn) {
        return arn.replaceFirst("(:function:[^:]+):[^:]+$", "$1");
    }

    /** The modules' names, for messages. */
    public String names() {
        return String.join(", ", byModule.keySet());
    }

    /** What the functions' environments say of a variable, of those that have it. */
    public Optional<String> setting(String name) {
        return byModule.values().stream()
                .flatMap(function -> Optional.ofNullable(function.environment().get(name)).stream())
                .filter(value -> !value.isBlank())
                .findFirst();
    }

    private static HostedFunction start(
            Resource resource,
            Resolver resolver,
            Function<Map<String, String>, Surroundings> around,
            Hosting hosting,
            Supplier<UUID> ids) {
        ObjectNode properties = resolver.properties(resource);
        var variables = new LinkedHashMap<String, String>();
        properties
                .path("Environment")
                .path("Variables")
                .properties()
                .forEach(variable ->
                        variables.put(variable.getKey(), variable.getValue().asText()));
        Surroundings surroundings = around.apply(variables);
        String className = properties.path("Handler").asText().replaceFirst("::.*$", "");
        String module = module(className);
        RequestStreamHandler handler = hosting.host(
                module,
                surroundings.environment(),
                environment -> handler(resource, className, with(environment, surroundings)));
        return new HostedFunction(module, resource.logicalId(), properties, surroundings.environment(), handler, ids);
    }

    private static Surroundings with(Map<String, String> environment, Surroundings surroundings) {
        return new Surroundings(environment, surroundings.clock(), surroundings.pause(), surroundings.random());
    }

    private static RequestStreamHandler handler(Resource resource, String className, Surroundings surroundings) {
        String place = resource.place() + ".Properties.Handler";
        try {
            return Class.forName(className)
                    .asSubclass(RequestStreamHandler.class)
                    .getConstructor(Surroundings.class)
                    .newInstance(surroundings);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(
                    resource.logicalId() + " refused to start: "
                            + Optional.ofNullable(e.getCause()).orElse(e),
                    e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    place + ": " + className + " must be a stream handler with a public constructor that takes "
                            + "Surroundings, in a module that infra/local depends on",
                    e);
        }
    }

    /** {@code dev.fleetline.healthsweep.HealthSweepHandler} is of module {@code health-sweep}. */
    static String module(String className) {
        String simple = className.substring(className.lastIndexOf('.') + 1).replaceFirst("Handler$", "");
        return simple.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
