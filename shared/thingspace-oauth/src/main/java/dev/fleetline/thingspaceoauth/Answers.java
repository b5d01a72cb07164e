package dev.fleetline.thingspaceoauth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspaceoauth.Exchange.Answer;
import dev.fleetline.tokens.AccessToken;
import dev.fleetline.tokens.TokenIssuer.Info;
import dev.fleetline.tokens.TokenIssuer.Issue;
import dev.fleetline.tokens.TokenIssuer.Revocation;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what the OAuth services say, however they say it. */
final class Answers {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Codes that speak of the service and not of the question; they come with any status. */
    private static final Set<String> SERVICE_FAULTS =
            Set.of("server_error", "internal_server_error", "temporarily_unavailable");

    /** What a token that is unknown, expired or revoked is answered with, together with a status of 500. */
    private static final String UNKNOWN_TOKEN = "Failed to load accessData";

    /** No token lives longer; above it a number is no number of seconds. */
    private static final long LONGEST_LIFE = Duration.ofDays(3_660).toSeconds();

    private static final int LONGEST_DESCRIPTION = 300;

    private Answers() {}

    static Issue issue(Answer answer, Instant asked, List<String> askedFor) {
        Optional<ObjectNode> read = object(answer);
        if (read.isEmpty()) {
            return new Issue.Unavailable("answered " + answer.status() + " with something that is not JSON");
        }
        ObjectNode fields = read.get();
        Optional<String> error = text(fields, "error");
        if (error.isEmpty() && isEdgeRefusal(answer.status(), fields)) {
            return new Issue.Refused("status_" + fields.path("status").asText(), message(fields));
        }
        if (error.isPresent()) {
            return answer.status() >= 500 || answer.status() == 429 || SERVICE_FAULTS.contains(error.get())
                    ? new Issue.Unavailable("answered " + answer.status() + " " + harmless(error.get()))
                    : new Issue.Refused(harmless(error.get()), description(fields));
        }
        if (answer.status() != 200) {
            return new Issue.Unavailable("answered " + answer.status() + " without an error code");
        }
        Optional<String> token = text(fields, "access_token");
        Optional<Duration> life = life(fields);
        if (token.isEmpty()) {
            return new Issue.Unavailable("answered 200 without access_token");
        }
        if (life.isEmpty()) {
            return new Issue.Unavailable("answered 200 without an expires_in above 0");
        }
        Optional<String> refreshToken = text(fields, "refresh_token");
        if (!canBeSent(token.get()) || !refreshToken.map(Answers::canBeSent).orElse(true)) {
            return new Issue.Unavailable("answered 200 with a token that cannot be sent");
        }
        List<String> scopes = scopes(fields);
        return new Issue.Issued(
                new AccessToken(token.get(), refreshToken, scopes.isEmpty() ? askedFor : scopes, asked, life.get()));
    }

    static Info info(Answer answer, Instant now) {
        Optional<ObjectNode> read = object(answer);
        if (read.isEmpty()) {
            return new Info.Unavailable("answered " + answer.status() + " with something that is not JSON");
        }
        ObjectNode fields = read.get();
        Optional<String> error = text(fields, "error");
        if (error.isPresent()) {
            return fields.path("error_description").asText().contains(UNKNOWN_TOKEN)
                            || error.get().equals("invalid_token")
                    ? new Info.Unknown()
                    : new Info.Unavailable("answered " + answer.status() + " " + harmless(error.get()));
        }
        Optional<Duration> life = life(fields);
        Optional<Instant> createdAt = time(fields, "created_at");
        if (answer.status() != 200 || life.isEmpty() || createdAt.isEmpty()) {
            return new Info.Unavailable("answered " + answer.status() + " without a token's created_at and expires_in");
        }
        // expires_in never counts down, so a service that still knows an ended token would call it alive
        if (!now.isBefore(createdAt.get().plus(life.get()))) {
            return new Info.Unknown();
        }
        return new Info.Alive(
                fields.path("grant_type").asText(),
                fields.path("username").asText(),
                scopes(fields),
                createdAt.get(),
                life.get());
    }

    static Revocation revocation(Exchange.Result result) {
        return switch (result) {
            case Answer(var status, var _) when status / 100 == 2 -> new Revocation.Answered();
            case Answer(var status, var _) -> new Revocation.Unavailable("answered with status " + status);
            case Exchange.NoAnswer(var reason, var _) -> new Revocation.Unavailable(reason);
        };
    }

    static boolean isJson(String body) {
        try {
            return !JSON.readTree(body).isMissingNode();
        } catch (JsonProcessingException notJson) {
            return false;
        }
    }

    /**
     * 5G Edge says no in this shape, the status as a text; a number is taken too. In a 200 the status inside counts, as
     * OAuth's error does.
     */
    private static boolean isEdgeRefusal(int status, ObjectNode fields) {
        return (status == 200 || isRefusal(String.valueOf(status)))
                && isRefusal(fields.path("status").asText())
                && fields.path("message").isTextual();
    }

    private static boolean isRefusal(String status) {
        return status.matches("4[0-9]{2}") && !status.equals("429");
    }

    private static String message(ObjectNode fields) {
        return harmless(fields.path("message").asText());
    }

    static Optional<ObjectNode> object(Answer answer) {
        try {
            return JSON.readTree(answer.body()) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }

    /**
     * Whether it is visible ASCII throughout, as what goes into a header must be. The HTTP client refuses anything else with
     * an exception that shows it.
     */
    static boolean canBeSent(String token) {
        return token.matches("[!-~]+");
    }

    static Optional<String> text(ObjectNode fields, String name) {
        JsonNode value = fields.path(name);
        return value.isTextual() ? Optional.of(value.asText()).filter(text -> !text.isBlank()) : Optional.empty();
    }

    /** Digits in quotes count as well. */
    private static Optional<Duration> life(ObjectNode fields) {
        JsonNode value = fields.path("expires_in");
        try {
            long seconds = value.isTextual() ? Long.parseLong(value.asText().strip()) : value.asLong();
            return seconds > 0 && seconds <= LONGEST_LIFE ? Optional.of(Duration.ofSeconds(seconds)) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> time(ObjectNode fields, String name) {
        try {
            return text(fields, name).map(Instant::parse);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** A text with blanks between them, or a list; both are seen. */
    private static List<String> scopes(ObjectNode fields) {
        JsonNode value = fields.path("scope");
        if (value.isArray()) {
            return value.valueStream()
                    .map(JsonNode::asText)
                    .filter(scope -> !scope.isBlank())
                    .toList();
        }
        return Arrays.stream(value.asText().split("\\s+"))
                .filter(scope -> !scope.isBlank())
                .toList();
    }

    private static String description(ObjectNode fields) {
        return harmless(fields.path("error_description").asText());
    }

    /** Goes into events and logs: shortened, and anything that looks like a token is taken out. */
    static String harmless(String text) {
        String masked = text.replaceAll("[A-Za-z0-9+/=-]{24,}", "***").replaceAll("\\p{Cntrl}", " ");
        return masked.length() > LONGEST_DESCRIPTION ? masked.substring(0, LONGEST_DESCRIPTION) : masked;
    }
}
