package dev.fleetline.alertdesk;

import dev.fleetline.alert.Alert;
import dev.fleetline.alert.TendAlert.Tended;
import dev.fleetline.alertdesk.FindAlert.Found;
import dev.fleetline.alertlinks.AlertAction;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a person with a link sees: which alert it is, what can be done about it, and what came of it. */
final class DeskPage {

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static final String AGAIN = "Open the link in the message once more and try again.";
    private static final String NOTHING = "Nothing was changed.";

    private DeskPage() {}

    /** The alert, and a form for one action; with what is wrong with what was filled in. */
    static HttpReply form(Found found, AlertAction action, Form form, Map<String, String> faults, Instant now) {
        String button = Html.escaped(button(action));
        return HttpReply.page(
                faults.isEmpty() ? 200 : 400,
                Html.page(
                        title(action),
                        Html.Tone.of(found.alert().holding().severity()),
                        facts(found)
                                + care(found.alert())
                                + (faults.isEmpty()
                                        ? ""
                                        : "<p class=\"fault\" role=\"alert\">Nothing was sent yet. Please look at what is"
                                                + " marked below.</p>\n")
                                + "<form method=\"post\" accept-charset=\"utf-8\" novalidate>\n"
                                + Html.input("by", "Your name", form.by(), Wish.LONGEST_NAME, faults)
                                + Html.area("why", reason(action), form.why(), Wish.LONGEST_REASON, faults)
                                + (action == AlertAction.SNOOZE
                                        ? Html.choice("length", "How long", Form.LENGTHS, form.length(), faults)
                                        : "")
                                + "<input type=\"hidden\" name=\"opened\" value=\"" + now.getEpochSecond() + "\">\n"
                                + "<button type=\"submit\">" + button + "</button>\n</form>\n"
                                + "<p class=\"small\">" + Html.escaped(explanation(action)) + "</p>"));
    }

    /** What came of it. */
    static HttpReply of(Wish wish, Tended tended) {
        return switch (tended) {
            case Tended.Done(var _, var isNew) -> done(wish, isNew);
            // by a link that we signed: there was one
            case Tended.AlreadyOver _, Tended.NotFound _ -> over();
            case Tended.StillHolds() ->
                trouble(
                        409,
                        "It is not over",
                        "What the alert is about is still so. It ends by itself as soon as that changes.",
                        NOTHING);
            case Tended.Refused(var reason) -> trouble(409, "It was not done", reason + ".", NOTHING);
        };
    }

    static HttpReply over() {
        return HttpReply.page(
                200,
                Html.page(
                        "This alert is over",
                        Html.Tone.GOOD,
                        Html.paragraph("It has ended, so there is nothing to do about it any more. " + NOTHING)));
    }

    static HttpReply tooLate() {
        return trouble(
                410,
                "This link has ended",
                "Links in messages count for some days. If the alert is still open, a newer message about it has a newer"
                        + " link.",
                NOTHING);
    }

    static HttpReply forged() {
        return trouble(
                403,
                "This link does not count",
                "It is not complete, or something in it was changed. Copy all of it from the message.",
                NOTHING);
    }

    static HttpReply notOurForm() {
        return trouble(400, "This did not come from our form", AGAIN, NOTHING);
    }

    static HttpReply onlyOpenOrSend() {
        return trouble(405, "This page can be opened, and its form sent", AGAIN, NOTHING);
    }

    static HttpReply broken() {
        return trouble(
                503, "Fleetline could not do it", "Something of its own did not answer.", "Wait a minute. " + AGAIN);
    }

    private static HttpReply done(Wish wish, boolean isNew) {
        String said =
                switch (wish) {
                    case Wish.Acknowledge(var by, var why) ->
                        by + " looks after it: " + why + ". There are no more reminders; if it gets worse, there is a"
                                + " message.";
                    case Wish.Snooze(var by, var why, var until) ->
                        "Nobody hears of it before " + MOMENT.format(until) + ", unless it gets worse or ends. By " + by
                                + ": " + why + ".";
                    case Wish.Resolve(var by, var why) -> "Ended by " + by + ": " + why + ".";
                };
        return HttpReply.page(
                200,
                Html.page(
                        isNew ? "Done" : "It was so already",
                        Html.Tone.GOOD,
                        Html.paragraph(said.replaceAll("([.!?])\\.", "$1"))
                                + Html.paragraph("You may close this page.")));
    }

    private static HttpReply trouble(int status, String title, String what, String next) {
        return HttpReply.page(
                status,
                Html.page(
                        title,
                        Html.Tone.BAD,
                        Html.paragraph(what.replaceAll("([.!?])\\.$", "$1")) + Html.paragraph(next)));
    }

    private static String facts(Found found) {
        Alert.Open alert = found.alert();
        String cause = words(alert.holding().cause().name());
        return "<dl>\n"
                + Html.fact("Of", found.about())
                + Html.fact(
                        "What",
                        words(alert.condition().name()) + ", "
                                + words(alert.holding().severity().name()))
                + (cause.equals("unknown") ? "" : Html.fact("Cause", cause))
                + Html.fact("Since", MOMENT.format(alert.holding().since()))
                + "</dl>\n";
    }

    private static String care(Alert.Open alert) {
        Optional<String> said =
                switch (alert.care()) {
                    case Alert.Care.None() -> Optional.empty();
                    case Alert.Care.Acknowledged(var by, var why, var at) ->
                        Optional.of(by + " looks after it since " + MOMENT.format(at) + ": " + why);
                    case Alert.Care.Snoozed(var by, var why, var until) ->
                        Optional.of("Silent until " + MOMENT.format(until) + ", says " + by + ": " + why);
                };
        return said.map(Html::paragraph).stream().collect(Collectors.joining());
    }

    private static String words(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String title(AlertAction action) {
        return switch (action) {
            case ACKNOWLEDGE -> "Look after this alert";
            case SNOOZE -> "Be silent about this alert";
            case RESOLVE -> "End this alert";
        };
    }

    private static String reason(AlertAction action) {
        return switch (action) {
            case ACKNOWLEDGE -> "What you will do about it";
            case SNOOZE -> "Why it can wait";
            case RESOLVE -> "What you found, and what was done";
        };
    }

    private static String button(AlertAction action) {
        return switch (action) {
            case ACKNOWLEDGE -> "I look after it";
            case SNOOZE -> "Be silent";
            case RESOLVE -> "End it";
        };
    }

    private static String explanation(AlertAction action) {
        return switch (action) {
            case ACKNOWLEDGE ->
                "Nobody is reminded of it any more. If it gets worse, this counts no longer. Name and reason are told to"
                        + " all who hear of the alert.";
            case SNOOZE ->
                "Nobody hears of it meanwhile, unless it gets worse or ends. Name and reason are told to all who hear of"
                        + " the alert.";
            case RESOLVE ->
                "It begins anew if the same is found again. Name and reason are told to all who hear of it.";
        };
    }
}
