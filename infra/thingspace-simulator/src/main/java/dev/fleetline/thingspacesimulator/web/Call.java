package dev.fleetline.thingspacesimulator.web;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One request, as the platform's endpoints look at it. */
public final class Call {

    private final ServerRequest request;
    private Optional<String> body = Optional.empty();

    Call(ServerRequest request) {
        this.request = request;
    }

    /** The part of the path that the route calls {@code name}. */
    public String pathPart(String name) {
        return request.path().pathParameters().get(name);
    }

    /** The query's first {@code name}, decoded. */
    public Optional<String> query(String name) {
        return request.query().first(name).asOptional();
    }

    /** The header's first value. */
    public Optional<String> header(String name) {
        return request.headers().first(HeaderNames.create(name));
    }

    /** The whole body as UTF-8, as often as it is asked for. */
    public String body() {
        String text = body.orElseGet(() -> request.content().hasEntity()
                ? new String(request.content().as(byte[].class), StandardCharsets.UTF_8)
                : "");
        body = Optional.of(text);
        return text;
    }

    /**
     * The body read as a form; empty when it is not one, which includes a field given twice.
     */
    public Optional<Map<String, String>> form() {
        Map<String, String> fields = new LinkedHashMap<>();
        try {
            for (String pair : body().strip().split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals < 1) {
                    continue;
                }
                String name = URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8);
                String value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
                if (fields.put(name, value) != null) {
                    return Optional.empty();
                }
            }
        } catch (IllegalArgumentException e) {
            // a broken % escape
            return Optional.empty();
        }
        return Optional.of(fields);
    }
}
