package dev.fleetline.callbackreceiver;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a path leads to. What stands before it is the deployment's own, unguessable, and not looked at. */
sealed interface Address {

    Pattern SERVICE = Pattern.compile("(?:.*)/callbacks/([A-Za-z0-9-]{1,64})");

    /** Events of a stream target. */
    record Stream() implements Address {}

    /** Callbacks of one service of the platform, {@code CarrierService}. */
    record Service(String name) implements Address {}

    /** Empty when nothing lives there. */
    static Optional<Address> of(String path) {
        if (path.endsWith("/stream")) {
            return Optional.of(new Stream());
        }
        Matcher service = SERVICE.matcher(path);
        return service.matches() ? Optional.of(new Service(service.group(1))) : Optional.empty();
    }
}
