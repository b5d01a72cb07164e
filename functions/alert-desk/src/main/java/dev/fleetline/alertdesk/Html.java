package dev.fleetline.alertdesk;

import dev.fleetline.device.Severity;
import java.util.Map;
import java.util.Optional;

/** Pieces of a page: one file, no script, nothing from elsewhere, and every text escaped. */
final class Html {

    /** The colour of a page's edge, by day and by night. */
    enum Tone {
        GOOD("#1a7f4b", "#4cc38a"),
        WARNING("#9a6700", "#e3b341"),
        BAD("#b3261e", "#ff8a80");

        private final String day;
        private final String night;

        Tone(String day, String night) {
            this.day = day;
            this.night = night;
        }

        static Tone of(Severity severity) {
            return switch (severity) {
                case NONE -> GOOD;
                case WARNING -> WARNING;
                case CRITICAL -> BAD;
            };
        }
    }

    private Html() {}

    /** A whole page; {@code body} is HTML. */
    static String page(String title, Tone tone, String body) {
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="robots" content="noindex">
            <title>%1$s \u2013 Fleetline</title>
            <style>
            :root { --ink: #1c2733; --soft: #4a5866; --paper: #f4f6f8; --card: #ffffff; --line: #7b8794; --tone: %3$s;
              --act: #0b57a4; --on-act: #ffffff; --fault: #b3261e; }
            @media (prefers-color-scheme: dark) {
              :root { --ink: #e4e9ee; --soft: #a9b5c0; --paper: #12181e; --card: #1b232b; --line: #71808e; --tone: %4$s;
                --act: #8cc2ff; --on-act: #0b1622; --fault: #ff8a80; }
            }
            * { box-sizing: border-box; }
            body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem;
              font: 1.0625rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
            main { width: 100%%; max-width: 34rem; padding: 1.5rem 1.5rem 1.75rem; background: var(--card);
              border: 1px solid var(--line); border-top: 5px solid var(--tone); border-radius: 8px; }
            h1 { margin: 0 0 .75rem; font-size: 1.4rem; line-height: 1.25; }
            p { margin: .75rem 0; overflow-wrap: anywhere; }
            dl { margin: 0 0 1rem; display: grid; grid-template-columns: auto 1fr; gap: .2rem .9rem; }
            dt { color: var(--soft); }
            dd { margin: 0; overflow-wrap: anywhere; font-weight: 600; }
            label, legend { display: block; margin: 1rem 0 .3rem; padding: 0; font-weight: 600; }
            fieldset { margin: 1rem 0 0; padding: 0; border: 0; }
            legend { margin-top: 0; }
            input[type=text], textarea { width: 100%%; padding: .6rem .7rem; font: inherit; color: inherit;
              background: var(--paper); border: 1px solid var(--line); border-radius: 6px; }
            textarea { display: block; min-height: 5.5rem; resize: vertical; }
            .choices { display: grid; grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr)); gap: .5rem; }
            .choices label { display: flex; align-items: center; gap: .5rem; margin: 0; padding: .55rem .7rem;
              min-height: 2.75rem; font-weight: 400; border: 1px solid var(--line); border-radius: 6px; }
            .choices input { width: 1.15rem; height: 1.15rem; accent-color: var(--act); }
            button { margin-top: 1.25rem; width: 100%%; min-height: 3rem; font: inherit; font-weight: 600; cursor: pointer;
              color: var(--on-act); background: var(--act); border: 0; border-radius: 6px; }
            :focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
            [aria-invalid=true] { border-color: var(--fault); border-width: 2px; }
            .fault { color: var(--fault); font-weight: 600; }
            .small { color: var(--soft); font-size: .9375rem; }
            </style>
            </head>
            <body>
            <main>
            <h1>%1$s</h1>
            %2$s
            </main>
            </body>
            </html>
            """.formatted(escaped(title), body, tone.day, tone.night);
    }

    static String paragraph(String text) {
        return "<p>" + escaped(text) + "</p>\n";
    }

    /** A line of a list of facts. */
    static String fact(String name, String value) {
        return "<dt>" + escaped(name) + "</dt><dd>" + escaped(value) + "</dd>\n";
    }

    static String input(String name, String label, String value, int longest, Map<String, String> faults) {
        return label(name, label) + "<input type=\"text\" id=\"" + name + "\" name=\"" + name
                + "\" autocomplete=\"name\" required maxlength=\"" + longest + "\" value=\"" + escaped(value) + "\""
                + marked(name, faults) + ">\n" + fault(name, faults);
    }

    static String area(String name, String label, String value, int longest, Map<String, String> faults) {
        return label(name, label) + "<textarea id=\"" + name + "\" name=\"" + name + "\" required maxlength=\""
                + longest + "\"" + marked(name, faults) + ">" + escaped(value) + "</textarea>\n" + fault(name, faults);
    }

    /** One of several; {@code choices} is what is sent, and what is read. */
    static String choice(
            String name, String label, Map<String, String> choices, String chosen, Map<String, String> faults) {
        var html = new StringBuilder("<fieldset" + marked(name, faults) + ">\n<legend>" + escaped(label)
                + "</legend>\n<div class=\"choices\">\n");
        choices.forEach((sent, read) -> html.append("<label><input type=\"radio\" name=\"" + name + "\" value=\""
                + escaped(sent) + "\" required" + (sent.equals(chosen) ? " checked" : "") + ">" + escaped(read)
                + "</label>\n"));
        return html.append("</div>\n")
                .append(fault(name, faults))
                .append("</fieldset>\n")
                .toString();
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String label(String name, String label) {
        return "<label for=\"" + name + "\">" + escaped(label) + "</label>\n";
    }

    private static String marked(String name, Map<String, String> faults) {
        return faults.containsKey(name) ? " aria-invalid=\"true\" aria-describedby=\"" + name + "-fault\"" : "";
    }

    private static String fault(String name, Map<String, String> faults) {
        return Optional.ofNullable(faults.get(name))
                .map(fault -> "<p class=\"fault\" id=\"" + name + "-fault\">" + escaped(fault) + "</p>\n")
                .orElse("");
    }
}
