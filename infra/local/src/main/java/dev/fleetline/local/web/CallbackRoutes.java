package dev.fleetline.local.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.local.functions.HostedFunction;
import dev.fleetline.local.functions.HostedFunctions;
import dev.fleetline.testing.template.Resolver;
import dev.fleetline.testing.template.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The routes of the template's HTTP APIs; also without the segment that nobody can guess, which on a laptop guards nothing. */
public final class CallbackRoutes {

    private static final Pattern TO_FUNCTION = Pattern.compile("/functions/(.+)/invocations$");
    private static final Pattern PARAMETER = Pattern.compile("\\{([A-Za-z0-9_]+)}");

    /**
     * Where a request goes.
     *
     * @param wantsLogin whether on AWS only who has a login of AWS gets there
     */
    public record Match(
            HostedFunction function, String routeKey, String path, Map<String, String> parameters, boolean wantsLogin) {
        /** Copies the parameters. */
        public Match {
            parameters = Map.copyOf(parameters);
        }
    }

    private record Route(String method, String path, HostedFunction function, boolean isGuarded, boolean wantsLogin) {

        /** The path as it was called, and as it would have been with what guards it. */
        List<String> candidates(String asked) {
            return isGuarded ? List.of(asked, path.replaceFirst("^(/[^/]+)/.*$", "$1") + asked) : List.of(asked);
        }

        Optional<Map<String, String>> parameters(String asked) {
            List<String> wanted = List.of(path.split("/", -1));
            List<String> given = List.of(asked.split("/", -1));
            if (wanted.size() != given.size()) {
                return Optional.empty();
            }
            var parameters = new LinkedHashMap<String, String>();
            for (int i = 0; i < wanted.size(); i++) {
                Matcher parameter = PARAMETER.matcher(wanted.get(i));
                if (parameter.matches()) {
                    parameters.put(parameter.group(1), given.get(i));
                } else if (!wanted.get(i).equals(given.get(i))) {
                    return Optional.empty();
                }
            }
            return Optional.of(parameters);
        }
    }

    private final List<Route> routes;

    private CallbackRoutes(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    /** As the template declares them. */
    public static CallbackRoutes of(Resolver resolver, HostedFunctions functions) {
        var routes = new ArrayList<Route>();
        for (Resource route : resolver.template().resourcesOf("AWS::ApiGatewayV2::Route")) {
            JsonNode properties = resolver.properties(route);
            String integration = properties.path("Target").asText().replaceFirst("^integrations/", "");
            Matcher function =
                    TO_FUNCTION.matcher(resolver.properties(resolver.template().resource(integration))
                            .path("IntegrationUri")
                            .asText());
            List<String> key = List.of(properties.path("RouteKey").asText().split(" ", 2));
            if (function.find() && key.size() == 2) {
                functions
                        .withArn(function.group(1))
                        .ifPresent(target -> routes.add(new Route(
                                key.get(0),
                                key.get(1),
                                target,
                                route.properties().path("RouteKey").toString().contains("${CallbackPath}"),
                                properties.path("AuthorizationType").asText().equals("AWS_IAM"))));
            }
        }
        return new CallbackRoutes(routes);
    }

    /** Where a service of the platform is to call back. */
    public String servicePath(String service) {
        return routes.stream()
                .map(Route::path)
                .filter(path -> path.endsWith("/callbacks/{service}"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("template.yaml declares no route for callback services"))
                .replace("{service}", service);
    }

    Optional<Match> match(String method, String path) {
        for (Route route : routes) {
            if (route.method().equals(method)) {
                for (String candidate : route.candidates(path)) {
                    Optional<Map<String, String>> parameters = route.parameters(candidate);
                    if (parameters.isPresent()) {
                        return Optional.of(new Match(
                                route.function(),
                                method + " " + route.path(),
                                candidate,
                                parameters.get(),
                                route.wantsLogin()));
                    }
                }
            }
        }
        return Optional.empty();
    }
}
