package dev.fleetline.tokenauthorization;

import java.util.Optional;

/** A request as an HTTP API hands it over (payload 2.0), with the fields that we use. */
record HttpRequest(Optional<String> rawPath, Optional<String> rawQueryString, Optional<RequestContext> requestContext) {

    record RequestContext(Optional<Http> http) {}

    record Http(Optional<String> method) {}

    /** Empty when the event is none of an HTTP API. */
    String method() {
        return requestContext
                .flatMap(RequestContext::http)
                .flatMap(Http::method)
                .orElse("");
    }

    /** Without what came back: a code is in it. */
    @Override
    public String toString() {
        return "HttpRequest[" + method() + "]";
    }
}
