package dev.fleetline.callbackreceiver;

import java.util.Map;
import java.util.Optional;

/** A request as an HTTP API hands it over (payload 2.0), with the fields that we use. */
record HttpRequest(
        Optional<String> rawPath,
        Optional<Map<String, String>> headers,
        Optional<String> body,
        boolean isBase64Encoded,
        Optional<RequestContext> requestContext) {

    record RequestContext(Optional<Http> http) {}

    record Http(Optional<String> method, Optional<String> sourceIp) {}

    /** Whatever the case of its name: API Gateway makes it lower, sam local leaves it as the sender wrote it. */
    Optional<String> header(String name) {
        return headers.stream()
                .flatMap(all -> all.entrySet().stream())
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** The address of the caller. */
    Optional<String> caller() {
        return requestContext.flatMap(RequestContext::http).flatMap(Http::sourceIp);
    }

    /** Without path, headers and body: in each may be what lets somebody in. */
    @Override
    public String toString() {
        return "HttpRequest[" + method() + " ***]";
    }

    /** Empty when the event is none of an HTTP API. */
    String method() {
        return requestContext
                .flatMap(RequestContext::http)
                .flatMap(Http::method)
                .orElse("");
    }
}
