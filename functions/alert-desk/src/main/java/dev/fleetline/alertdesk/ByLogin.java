package dev.fleetline.alertdesk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.alert.Alert;
import dev.fleetline.alert.AlertBook;
import dev.fleetline.alert.TendAlert;
import dev.fleetline.alert.TendAlert.Tended;
import dev.fleetline.alertlinks.AlertAction;
import dev.fleetline.lambda.EdgeJson;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Answers those who have logged in with AWS, in JSON. */
final class ByLogin {

    private static final Pattern ACTION = Pattern.compile("/alerts/([0-9a-f]{32})/([a-z]+)");
    private static final int PAGE = 500;

    private final AlertBook alerts;
    private final TendAlert tendAlert;
    private final InstantSource clock;

    ByLogin(AlertBook alerts, TendAlert tendAlert, InstantSource clock) {
        this.alerts = alerts;
        this.tendAlert = tendAlert;
        this.clock = clock;
    }

    /** What was asked makes no sense; its message says why, in a sentence. */
    private static final class BadRequest extends RuntimeException {
        BadRequest(String message) {
            super(message);
        }
    }

    HttpReply answer(HttpRequest request, String correlationId) {
        Optional<String> user = request.userArn();
        if (user.isEmpty()) {
            return HttpReply.complaint(403, "log in with AWS, or use the link in the message about the alert");
        }
        try {
            if (request.path().equals("/alerts")) {
                return request.method().equals("GET")
                        ? list(request.query())
                        : HttpReply.complaint(405, "alerts are listed with GET");
            }
            Matcher action = ACTION.matcher(request.path());
            Optional<AlertAction> wanted = action.matches() ? AlertAction.of(action.group(2)) : Optional.empty();
            if (wanted.isEmpty()) {
                return HttpReply.complaint(
                        404, "there is /alerts, and /alerts/{alertId}/ with acknowledge, snooze or resolve");
            }
            if (!request.method().equals("POST")) {
                return HttpReply.complaint(405, "something is done about an alert with POST");
            }
            Wish wish = wish(wanted.get(), body(request), user.get());
            return reply(wish.with(tendAlert, action.group(1), correlationId));
        } catch (BadRequest e) {
            return HttpReply.complaint(400, String.valueOf(e.getMessage()));
        }
    }

    /** As many as there are, and {@link #PAGE} at most: the book's own pages may be shorter, or empty. */
    private HttpReply list(String query) {
        ObjectNode body = EdgeJson.JSON.createObjectNode();
        ArrayNode list = body.putArray("alerts");
        Optional<String> next = startAfter(query);
        do {
            AlertBook.Page page = page(next, PAGE - list.size());
            page.alerts().forEach(alert -> list.add(json(alert)));
            next = page.next();
        } while (next.isPresent() && list.size() < PAGE);
        next.ifPresent(place -> body.put("next", place));
        return HttpReply.json(200, body);
    }

    private AlertBook.Page page(Optional<String> place, int limit) {
        try {
            return alerts.open(place, limit);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new BadRequest("startAfter is not what an earlier page ended with");
        }
    }

    private static Optional<String> startAfter(String query) {
        return Stream.of(query.split("&", -1))
                .filter(pair -> pair.startsWith("startAfter="))
                .map(pair -> pair.substring("startAfter=".length()))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .map(value -> {
                    try {
                        return URLDecoder.decode(value, StandardCharsets.UTF_8);
                    } catch (IllegalArgumentException e) {
                        throw new BadRequest("startAfter is not what an earlier page ended with");
                    }
                });
    }

    private static ObjectNode json(Alert.Open alert) {
        ObjectNode json = EdgeJson.JSON
                .createObjectNode()
                .put("alertId", alert.alertId())
                .put("subject", alert.subject().key())
                .put("condition", alert.condition().name())
                .put("severity", alert.holding().severity().name())
                .put("status", alert.status())
                .put("cause", alert.holding().cause().name())
                .put("since", alert.holding().since().toString());
        return switch (alert.care()) {
            case Alert.Care.None() -> json;
            case Alert.Care.Acknowledged(var by, var why, var at) ->
                json.put("by", by).put("why", why).put("at", at.toString());
            case Alert.Care.Snoozed(var by, var why, var until) ->
                json.put("by", by).put("why", why).put("until", until.toString());
        };
    }

    private static JsonNode body(HttpRequest request) {
        String text = request.text().orElse("");
        try {
            JsonNode body = EdgeJson.JSON.readTree(text);
            if (body.isObject()) {
                return body;
            }
        } catch (JsonProcessingException notJson) {
            // said below
        }
        throw new BadRequest("the body must be a JSON object with \"why\", and \"by\" if it is not who logged in");
    }

    private Wish wish(AlertAction action, JsonNode body, String user) {
        String by = body.has("by") ? text(body, "by") : Wish.plain(user.substring(user.lastIndexOf('/') + 1));
        String why = text(body, "why");
        if (by.isEmpty() || by.length() > Wish.LONGEST_NAME) {
            throw new BadRequest("\"by\" must be a name of 1 to " + Wish.LONGEST_NAME + " characters");
        }
        if (why.isEmpty() || why.length() > Wish.LONGEST_REASON) {
            throw new BadRequest("\"why\" must be a reason of 1 to " + Wish.LONGEST_REASON + " characters");
        }
        return switch (action) {
            case ACKNOWLEDGE -> new Wish.Acknowledge(by, why);
            case SNOOZE -> new Wish.Snooze(by, why, until(body));
            case RESOLVE -> new Wish.Resolve(by, why);
        };
    }

    /** Empty when it is no text. */
    private static String text(JsonNode body, String field) {
        return body.path(field).isTextual() ? Wish.plain(body.path(field).asText()) : "";
    }

    /** To the minute, so that the same said twice within one is the same. */
    private Instant until(JsonNode body) {
        if (body.hasNonNull("for") == body.hasNonNull("until")) {
            throw new BadRequest("a snooze takes either \"for\", such as \"PT4H\", or \"until\", a time");
        }
        try {
            if (body.hasNonNull("until")) {
                return Instant.parse(body.path("until").asText());
            }
            Duration length = Duration.parse(body.path("for").asText());
            if (!length.isPositive() || length.compareTo(Wish.LONGEST_SILENCE) > 0) {
                throw new BadRequest("a snooze lasts more than nothing and 14 days at most");
            }
            return clock.instant().truncatedTo(ChronoUnit.MINUTES).plus(length);
        } catch (DateTimeException | ArithmeticException e) {
            throw new BadRequest("\"for\" must be a duration such as \"PT4H\" or \"P2D\", \"until\" a time such as"
                    + " \"2026-03-06T12:00:00Z\"");
        }
    }

    private static HttpReply reply(Tended tended) {
        return switch (tended) {
            case Tended.Done(var _, var isNew) ->
                isNew
                        ? HttpReply.outcome(200, "done", "done")
                        : HttpReply.outcome(200, "done-before", "it was so already; nothing was changed");
            case Tended.AlreadyOver() ->
                HttpReply.outcome(409, "already-over", "this alert is over; nothing was changed");
            case Tended.StillHolds() ->
                HttpReply.outcome(
                        409, "still-holds", "what it is about is still so, and it ends by itself; nothing was changed");
            case Tended.NotFound() ->
                HttpReply.outcome(404, "not-found", "no open alert has this id; it may be over. Nothing was changed");
            case Tended.Refused(var reason) -> HttpReply.outcome(409, "refused", reason);
        };
    }
}
