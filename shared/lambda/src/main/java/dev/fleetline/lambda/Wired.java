package dev.fleetline.lambda;

import io.micronaut.context.ApplicationContext;
import java.util.Map;

/** Starts a function's bean context: its own wiring, the surroundings it was given, and nothing looked up outside. */
public final class Wired {

    /** The property that a wiring class requires to have its function's name, so that each context has only its own. */
    public static final String FUNCTION = "fleetline.function";

    private Wired() {}

    /** The context of {@code function} ({@code health-sweep}); a setting that is wrong fails here. */
    public static ApplicationContext start(String function, Surroundings surroundings) {
        return ApplicationContext.builder()
                .deduceEnvironment(false)
                .deduceCloudEnvironment(false)
                .bootstrapEnvironment(false)
                .enableDefaultPropertySources(false)
                .environmentPropertySource(false)
                .banner(false)
                .properties(Map.of(FUNCTION, function))
                .singletons(surroundings, new Settings(surroundings.environment(), function))
                .start();
    }
}
