package dev.fleetline.thingspacesimulator.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.web.Answer;
import dev.fleetline.thingspacesimulator.web.Json;
import dev.fleetline.thingspacesimulator.wire.PlatformTimes;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The bodies of the OAuth endpoints, word by word; the errors are those of all worlds. */
public final class OAuthAnswers {

    static final String INVALID_SCOPE =
            "The requested scope is invalid, unknown, malformed, or exceeds the scope granted "
                    + "by the resource owner.";

    private OAuthAnswers() {}

    /** The scope goes with the refresh token: neither is sent where nobody granted anything. */
    static Answer token(AccessToken token, Optional<String> refreshToken) {
        ObjectNode body = Json.object()
                .put("access_token", token.value())
                .put("expires_in", AccessToken.LIFETIME.toSeconds())
                .put("token_type", "bearer");
        refreshToken.ifPresent(value -> body.put("refresh_token", value));
        if (refreshToken.isPresent() && !token.scopes().isEmpty()) {
            body.put("scope", String.join(" ", token.scopes()));
        }
        return withTokenHeaders(Answer.json(200, body));
    }

    static Answer tokenInfo(AccessToken token) {
        boolean hasUser = token.grant() != Grant.CLIENT_CREDENTIALS;
        ObjectNode body = Json.object()
                .put("grant_type", token.grant().spelling())
                .put("expires_in", AccessToken.LIFETIME.toSeconds())
                .put("created_at", PlatformTimes.nanos(token.issuedAt()))
                .put("username", hasUser ? Credentials.CORE_USERNAME : "");
        if (hasUser) {
            token.scopes().forEach(body.putArray("scope")::add);
        }
        body.put("clientid", Credentials.CORE_CLIENT_ID).put("credentialstype", "ts.credential");
        return Answer.json(200, body);
    }

    /** For whatever is not a live token; says the server's fault. */
    static Answer noTokenInfo() {
        return error(
                500,
                "server_error",
                "Error, failed to get token info due to internal error - Failed to load accessData.");
    }

    static Answer revoked() {
        return withTokenHeaders(Answer.json(200, Json.object()));
    }

    static Answer invalidScope() {
        return error(400, "invalid_scope", INVALID_SCOPE);
    }

    static Answer invalidGrant() {
        return error(
                400,
                "invalid_grant",
                "The provided authorization grant (e.g., authorization code, resource owner credentials) or refresh token "
                        + "is invalid, expired, revoked, does not match the redirection URI used in the authorization "
                        + "request, or was issued to another client.");
    }

    static Answer invalidClient() {
        return error(
                401,
                "invalid_client",
                "Client authentication failed (e.g., unknown client, no client authentication included, or unsupported "
                        + "authentication method).");
    }

    static Answer unsupportedGrantType() {
        return error(
                400,
                "unsupported_grant_type",
                "The authorization grant type is not supported by the authorization server.");
    }

    static Answer unsupportedResponseType() {
        return error(
                400,
                "unsupported_response_type",
                "The authorization server does not support obtaining an authorization code using this method.");
    }

    /** Something is missing, doubled or not a form. */
    public static Answer invalidRequest() {
        return error(
                400,
                "invalid_request",
                "The request is missing a required parameter, includes an invalid parameter value, includes a parameter "
                        + "more than once, or is otherwise malformed.");
    }

    /** A fault of the server. */
    public static Answer serverError() {
        return error(
                500,
                "server_error",
                "The authorization server encountered an unexpected condition that prevented it from fulfilling the "
                        + "request.");
    }

    /** The token endpoint's answer to a GET, which is a page and not JSON. */
    static Answer badRequestPage() {
        String page = String.join(
                "\n",
                List.of(
                        "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>",
                        "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\"",
                        "         \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">",
                        "<html xmlns=\"http://www.w3.org/1999/xhtml\" xml:lang=\"en\" lang=\"en\">",
                        "\t<head>",
                        "\t\t<title>400 - Bad Request</title>",
                        "\t</head>",
                        "\t<body>",
                        "\t\t<h1>400 - Bad Request</h1>",
                        "\t</body>",
                        "</html>",
                        ""));
        return new Answer(400, Map.of("content-type", "text/html"), page);
    }

    private static Answer error(int status, String error, String description) {
        return withTokenHeaders(
                Answer.json(status, Json.object().put("error", error).put("error_description", description)));
    }

    private static Answer withTokenHeaders(Answer answer) {
        return answer.with("cache-control", "no-store")
                .with("access-control-allow-origin", "*")
                .with("access-control-allow-credentials", "true");
    }
}
