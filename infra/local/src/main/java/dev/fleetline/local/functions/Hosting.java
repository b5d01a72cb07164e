package dev.fleetline.local.functions;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.util.Map;
import java.util.function.Function;

/** How the handler of a function comes to be. */
@FunctionalInterface
public interface Hosting {

    /** One instance, which is all that is needed as long as nothing happens to it. */
    Hosting PLAIN = (_, environment, start) -> start.apply(environment);

    /**
     * The handler that gets a function's events.
     *
     * @param environment the function's variables
     * @param start makes an instance that has those variables, as often as it is called
     */
    RequestStreamHandler host(
            String module, Map<String, String> environment, Function<Map<String, String>, RequestStreamHandler> start);
}
