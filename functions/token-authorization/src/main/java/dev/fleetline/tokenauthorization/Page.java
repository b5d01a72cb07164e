package dev.fleetline.tokenauthorization;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a person sees in the browser: what happened, and what to do next. One file, no script, nothing from elsewhere, and
 * every text escaped.
 */
final class Page {

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static final String BEGIN_AGAIN = "<p><a href=\"authorize\">Begin again</a></p>";

    private Page() {}

    /** What came of the way back from ThingSpace. */
    static HttpReply of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Authorised authorised -> authorised(authorised);
            case Outcome.StateUnknown() ->
                trouble(
                        400,
                        "This link does not count",
                        "It was used before, is more than ten minutes old, or did not begin here.",
                        "Nothing was exchanged and nothing was stored. If this page was only loaded a second time, what it said"
                                + " first counts.");
            case Outcome.Denied(var error)
            when error.equals("access_denied") ->
                trouble(
                        403,
                        "ThingSpace was told no",
                        "The login or the consent was refused, so there is no new token. The one that there was counts"
                                + " on until it ends.",
                        "Nothing was stored.");
            case Outcome.Denied(var error) ->
                trouble(
                        403,
                        "ThingSpace said no",
                        "Its reason: " + error + ".",
                        error.equals("invalid_scope")
                                ? "The application does not have all the scopes that are asked for: compare its list in"
                                        + " the ThingSpace portal with the parameter AuthorizeScopes."
                                : "Nothing was stored.");
            case Outcome.NoCode() ->
                trouble(
                        400,
                        "ThingSpace sent no code back",
                        "Without one there is no token. Copy nothing by hand: let ThingSpace send the browser here.",
                        "Nothing was stored.");
            case Outcome.CodeRefused(var code) ->
                trouble(400, "ThingSpace did not take the code", "Its reason: " + code + ".", codeRefused(code));
            case Outcome.Unavailable(var reason) ->
                trouble(
                        503,
                        "ThingSpace gave no usable answer",
                        "The code could not be exchanged: " + reason + ".",
                        "Nothing was stored. Wait some minutes; a code counts once, so begin again then.");
            case Outcome.SetAside(var reason) ->
                trouble(
                        503,
                        "There is a token, and it is not proved",
                        "ThingSpace gave a token and did not say that it is alive: " + reason + ".",
                        "It is kept beside the present one. When that one is missing or about to end, this one is looked"
                                + " at again within five minutes; you need not wait for that and may begin again.");
            case Outcome.Powerless() ->
                trouble(
                        403,
                        "The token opens no device",
                        "ThingSpace gave a token without the scope ts.device. It was not put to use.",
                        "Log in as the owner of the devices, and see that the application has ts.device in its list of"
                                + " scopes.");
            case Outcome.Overtaken() ->
                trouble(
                        409,
                        "Another token was faster",
                        "While yours was being stored, another one became current, twice. That one counts.",
                        "If devices answer, there is nothing to do.");
            case Outcome.NotFilledIn(var complaint) -> notFilledIn(complaint);
        };
    }

    /** A secret that people have to fill in. */
    static HttpReply notFilledIn(String complaint) {
        return trouble(503, "Something is not filled in yet", complaint + ".", "Nothing was stored.");
    }

    static HttpReply broken() {
        return trouble(
                503,
                "Fleetline could not do it",
                "Something of its own did not answer. The function's log says what.",
                "Wait some minutes and begin again.");
    }

    static HttpReply notFound() {
        return HttpReply.page(404, html("There is nothing here", false, paragraph("The address is not complete.")));
    }

    static HttpReply onlyToBeRead() {
        return HttpReply.page(
                        405, html("This page can only be opened", false, paragraph("Open its address in a browser.")))
                .with("allow", "GET");
    }

    private static HttpReply authorised(Outcome.Authorised authorised) {
        var parts = new ArrayList<String>();
        parts.add(paragraph("Fleetline may now use ThingSpace for:"));
        parts.add("<ul>"
                + String.join(
                        "",
                        authorised.scopes().stream()
                                .map(scope -> "<li><code>" + escaped(scope) + "</code></li>")
                                .toList())
                + "</ul>");
        if (!authorised.missing().isEmpty()) {
            parts.add(paragraph("Asked for and not given: " + String.join(", ", authorised.missing())
                    + ". What needs it will not work."));
        }
        parts.add(paragraph("Good until " + moment(authorised.endsAt()) + "."));
        parts.add(paragraph(
                authorised.renewable()
                        ? "It is renewed by itself before that. You may close this page."
                        : "ThingSpace gave nothing to renew it with, so somebody has to do this again before that; a"
                                + " reminder comes in time. You may close this page."));
        return HttpReply.page(200, html("Fleetline is authorised", true, parts.toArray(String[]::new)));
    }

    private static String codeRefused(String code) {
        return switch (code) {
            case "invalid_grant" ->
                "A code counts once and for a short time, and for the callback URL alone that the application has in the"
                        + " ThingSpace portal: the field redirectUri of the client's secret must be the same. Nothing was"
                        + " stored.";
            case "invalid_client" ->
                "The client's id or secret does not fit: fill both in again (infra/secrets, core-client). Nothing was"
                        + " stored.";
            default -> "Nothing was stored.";
        };
    }

    private static HttpReply trouble(int status, String title, String what, String next) {
        return HttpReply.page(status, html(title, false, paragraph(what), paragraph(next), BEGIN_AGAIN));
    }

    private static String html(String title, boolean good, String... parts) {
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>%1$s – Fleetline</title>
            <style>
            :root { --ink: #1c2733; --paper: #f4f6f8; --card: #ffffff; --line: #d5dce3; --tone: %3$s; --link: #0b57a4; }
            @media (prefers-color-scheme: dark) {
              :root { --ink: #e4e9ee; --paper: #12181e; --card: #1b232b; --line: #33404c; --tone: %4$s; --link: #8cc2ff; }
            }
            * { box-sizing: border-box; }
            body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem;
              font: 1.0625rem/1.55 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
            main { width: 100%%; max-width: 34rem; padding: 1.5rem 1.75rem; background: var(--card);
              border: 1px solid var(--line); border-top: 4px solid var(--tone); border-radius: 8px; }
            h1 { margin: 0 0 .75rem; font-size: 1.4rem; line-height: 1.25; }
            p { margin: .75rem 0; overflow-wrap: anywhere; }
            ul { margin: .75rem 0; padding-left: 1.25rem; }
            code { font-family: ui-monospace, monospace; font-size: .95em; }
            a { color: var(--link); }
            </style>
            </head>
            <body>
            <main>
            <h1>%1$s</h1>
            %2$s
            </main>
            </body>
            </html>
            """.formatted(
                        escaped(title),
                        String.join("\n", List.of(parts)),
                        good ? "#1a7f4b" : "#b3401a",
                        good ? "#4cc38a" : "#ff9b6b");
    }

    private static String paragraph(String text) {
        return "<p>" + escaped(text) + "</p>";
    }

    private static String moment(Instant at) {
        return MOMENT.format(at);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
