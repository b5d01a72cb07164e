package dev.fleetline.local.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import io.helidon.http.Header;
import io.helidon.webserver.http.ServerRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;

/** A request in API Gateway's payload format 2.0. */
final class HttpApiEvent {

    private static final DateTimeFormatter CLF =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** On this machine nobody logs in. */
    private static final String WHOEVER_IS_HERE = "arn:aws:iam::000000000000:user/whoever-is-here";

    private HttpApiEvent() {}

    static ObjectNode of(CallbackRoutes.Match match, ServerRequest request, byte[] body, Instant now) {
        ObjectNode event = EdgeJson.JSON
                .createObjectNode()
                .put("version", "2.0")
                .put("routeKey", match.routeKey())
                .put("rawPath", match.path())
                .put("rawQueryString", request.query().rawValue());
        ObjectNode headers = event.putObject("headers");
        for (Header header : request.headers()) {
            headers.put(header.headerName().lowerCase(), String.join(",", header.allValues()));
        }
        if (!request.query().isEmpty()) {
            ObjectNode query = event.putObject("queryStringParameters");
            request.query()
                    .names()
                    .forEach(name ->
                            query.put(name, String.join(",", request.query().all(name))));
        }
        if (!match.parameters().isEmpty()) {
            ObjectNode parameters = event.putObject("pathParameters");
            match.parameters().forEach(parameters::put);
        }
        ObjectNode context = event.putObject("requestContext")
                .put("accountId", "000000000000")
                .put("apiId", "local")
                .put("domainName", "127.0.0.1")
                .put("requestId", UUID.randomUUID().toString())
                .put("routeKey", match.routeKey())
                .put("stage", "$default")
                .put("time", CLF.format(now))
                .put("timeEpoch", now.toEpochMilli());
        context.putObject("http")
                .put("method", request.prologue().method().text())
                .put("path", match.path())
                .put("protocol", "HTTP/1.1")
                .put("sourceIp", "127.0.0.1")
                .put("userAgent", headers.path("user-agent").asText());
        if (match.wantsLogin()) {
            context.putObject("authorizer").putObject("iam").put("userArn", WHOEVER_IS_HERE);
        }
        return withBody(event, body);
    }

    /** Text as it is, anything else in Base64. */
    private static ObjectNode withBody(ObjectNode event, byte[] body) {
        if (body.length == 0) {
            return event.put("isBase64Encoded", false);
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return event.put("body", text).put("isBase64Encoded", false);
        } catch (CharacterCodingException notText) {
            return event.put("body", Base64.getEncoder().encodeToString(body)).put("isBase64Encoded", true);
        }
    }
}
