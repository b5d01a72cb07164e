package dev.fleetline.alertdesk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** A request as an HTTP API hands it over (payload 2.0), with the fields that we use. */
record HttpRequest(
        Optional<String> rawPath,
        Optional<String> rawQueryString,
        Optional<Map<String, String>> headers,
        Optional<String> body,
        boolean isBase64Encoded,
        Optional<RequestContext> requestContext) {

    record RequestContext(Optional<Http> http, Optional<Authorizer> authorizer) {}

    record Http(Optional<String> method) {}

    record Authorizer(Optional<Iam> iam) {}

    /** Who logged in; API Gateway has checked it. */
    record Iam(Optional<String> userArn) {}

    String path() {
        return rawPath.orElse("");
    }

    String query() {
        return rawQueryString.orElse("");
    }

    /** Empty when the event is none of an HTTP API. */
    String method() {
        return requestContext
                .flatMap(RequestContext::http)
                .flatMap(Http::method)
                .orElse("");
    }

    /** Who logged in with AWS, if anybody did. */
    Optional<String> userArn() {
        return requestContext
                .flatMap(RequestContext::authorizer)
                .flatMap(Authorizer::iam)
                .flatMap(Iam::userArn)
                .filter(arn -> !arn.isBlank());
    }

    /** Whatever the case of its name. */
    String header(String name) {
        return headers.stream()
                .flatMap(all -> all.entrySet().stream())
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    /** The body as text; empty when it should have been Base64 and is not. */
    Optional<String> text() {
        if (!isBase64Encoded) {
            return Optional.of(body.orElse(""));
        }
        try {
            return Optional.of(new String(Base64.getDecoder().decode(body.orElse("")), UTF_8));
        } catch (IllegalArgumentException garbled) {
            return Optional.empty();
        }
    }

    /** Without path, query and body: a link is in the first two. */
    @Override
    public String toString() {
        return "HttpRequest[" + method() + " ***]";
    }
}
