package dev.fleetline.local.demo;

import static dev.fleetline.local.demo.HealthFleet.PUMP;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.local.demo.Steps.Seen;
import dev.fleetline.local.demo.Told.Letter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A battery that ends, and people who say what they do about it. */
final class BatteryStory {

    private static final String LOW = "BATTERY_LOW";
    private static final Duration A_WHILE = Duration.ofMinutes(5);
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
    private static final Duration THREE_HOURS = Duration.ofHours(3);
    private static final Duration UNTIL_THE_LINK_HAS_ENDED = Duration.ofDays(2);
    private static final Pattern TITLE = Pattern.compile("<h1>(.*)</h1>");
    private static final Pattern SIGNATURE = Pattern.compile("(signature=.{6})\\S+");

    private final Scene scene;
    private final HealthFleet fleet;
    private final Told told;
    private final Terminal terminal;

    BatteryStory(Scene scene, HealthFleet fleet, Told told, Terminal terminal) {
        this.scene = scene;
        this.fleet = fleet;
        this.told = told;
        this.terminal = terminal;
    }

    void play() {
        Steps steps = scene.steps();
        steps.step("A battery hovers at its line", this::hovers);
        steps.step("People read this", this::read);
        steps.step("A program opens the link in the message", this::openedByAProgram);
        steps.step("Somebody sends the page's form, and sends it again", this::sentTwice);
        steps.step("Somebody changes the link", this::forged);
        steps.step("It falls on", this::falls);
        steps.step("Somebody wants to hear nothing of it for three hours", this::snoozed);
        steps.step("The three hours are over", this::reminded);
        steps.step("It gets a fresh battery", this::fresh);
    }

    /** After all is over, somebody finds the first message. */
    void late() {
        scene.steps().step("Days later somebody finds the first message and opens its link", () -> {
            scene.pass(UNTIL_THE_LINK_HAS_ENDED);
            int before = told.letters().size();
            String page = title(scene.desk().open(link(first(), "acknowledge")));
            return new Seen(page.equals("This link has ended") && told.letters().size() == before, "\"" + page + "\"");
        });
    }

    private Seen hovers() {
        List<Integer> readings = List.of(21, 20, 20, 21, 20);
        List<String> after = new ArrayList<>();
        for (int battery : readings) {
            scene.pass(A_WHILE);
            fleet.says(PUMP, "\"battery\":" + battery);
            fleet.speak(List.of(PUMP));
            after.add(battery + " %: " + (told.alert(LOW, PUMP.sim()).isPresent() ? "low" : "-"));
        }
        long raised = told.events("DeviceAlertRaised", LOW).count();
        int letters = told.letters().size();
        return new Seen(
                raised == 1
                        && letters == 1
                        && after.equals(List.of("21 %: -", "20 %: -", "20 %: low", "21 %: low", "20 %: low")),
                String.join(", ", after) + "; alerts raised: " + raised + ", messages: " + letters);
    }

    private Seen read() {
        Letter letter = first();
        String text = SIGNATURE.matcher(letter.text()).replaceAll("$1\u2026");
        return new Seen(
                letter.subject().length() <= 100
                        && letter.sentence().contains("battery 20 %")
                        && letter.text().contains("What to do: https://runbooks.example.test/fleetline/BATTERY_LOW.md")
                        && letter.link("acknowledge").isPresent()
                        && letter.link("snooze").isPresent()
                        && !scene.desk().local("events").toString().contains("alert-links"),
                Stream.concat(Stream.of(letter.subject(), ""), text.lines())
                        .map(line -> ("    " + line).stripTrailing())
                        .collect(Collectors.joining("\n", "\n", "")));
    }

    private Seen openedByAProgram() {
        JsonNode before = alert();
        String page = scene.desk().open(link(first(), "acknowledge"));
        scene.fleetline().settle();
        boolean isAsBefore = alert().equals(before) && told.letters().size() == 1;
        return new Seen(
                page.contains("<form") && isAsBefore,
                "it gets the page \"" + title(page) + "\" with a form; the alert is "
                        + (isAsBefore ? "as it was" : "changed"));
    }

    private Seen sentTwice() {
        String link = link(first(), "acknowledge");
        String form = "by=Ada&why=charger+is+on+its+way";
        String once = title(scene.desk().fillIn(link, form));
        scene.fleetline().settle();
        String twice = title(scene.desk().fillIn(link, form));
        scene.fleetline().settle();
        List<Letter> letters = told.lettersSince(1);
        return new Seen(
                once.equals("Done")
                        && twice.equals("It was so already")
                        && letters.size() == 1
                        && status().equals("ACKNOWLEDGED"),
                "\"" + once + "\", then \"" + twice + "\"; told once: "
                        + letters.stream().map(Letter::sentence).collect(Collectors.joining("; ")));
    }

    private Seen forged() {
        JsonNode before = alert();
        String link = link(first(), "acknowledge");
        String form = "by=Mallory&why=to+keep+it+quiet";
        String action = title(scene.desk().fillIn(link.replace("/acknowledge?", "/snooze?"), form + "&length=PT4H"));
        String end = title(scene.desk().fillIn(link.replaceFirst("until=\\d", "until=9"), form));
        scene.fleetline().settle();
        boolean isAsBefore = alert().equals(before);
        return new Seen(
                action.equals("This link does not count") && end.equals(action) && isAsBefore,
                "for another action \"" + action + "\", for a later end \"" + end + "\"; the alert is "
                        + (isAsBefore ? "as it was" : "changed"));
    }

    private Seen falls() {
        int before = told.letters().size();
        scene.pass(A_WHILE);
        fleet.says(PUMP, "\"battery\":9");
        fleet.speak(List.of(PUMP));
        List<Letter> letters = told.lettersSince(before);
        return new Seen(
                letters.size() == 1
                        && letters.getFirst().subject().startsWith("CRITICAL BATTERY_LOW (worse")
                        && status().equals("OPEN"),
                words(letters) + " Nobody looks after it any more: it is " + status());
    }

    private Seen snoozed() {
        String said = terminal.type(
                "alerts",
                "snooze",
                alert().path("alertId").asText().substring(0, 8),
                "--for",
                "3h",
                "--by",
                "Grace",
                "--why",
                "the van is loaded");
        scene.fleetline().settle();
        int before = told.letters().size();
        fleet.liveUntil(() -> false, THREE_HOURS.minus(HALF_AN_HOUR));
        int letters = told.letters().size() - before;
        return new Seen(
                status().equals("SNOOZED") && letters == 0,
                "fleetline alerts snooze answers \"" + said + "\"; messages in the next two and a half hours: "
                        + letters);
    }

    private Seen reminded() {
        int before = told.letters().size();
        fleet.liveUntil(() -> told.letters().size() > before, HALF_AN_HOUR.multipliedBy(2));
        List<Letter> letters = told.lettersSince(before);
        return new Seen(
                letters.size() == 1
                        && letters.getFirst().subject().startsWith("CRITICAL BATTERY_LOW (still)")
                        && status().equals("OPEN"),
                words(letters));
    }

    private Seen fresh() {
        int before = told.letters().size();
        scene.pass(A_WHILE);
        fleet.says(PUMP, "\"battery\":97");
        fleet.speak(List.of(PUMP));
        List<Letter> letters = told.lettersSince(before);
        return new Seen(
                letters.size() == 1
                        && letters.getFirst().subject().startsWith("Over: BATTERY_LOW")
                        && told.alert(LOW, PUMP.sim()).isEmpty(),
                words(letters));
    }

    /** What was said, or that nothing was. */
    static String words(List<Letter> letters) {
        return letters.isEmpty()
                ? "nobody was told"
                : letters.stream().map(Letter::sentence).collect(Collectors.joining(" "));
    }

    private Letter first() {
        return told.letter("WARNING BATTERY_LOW").orElseThrow(() -> new IllegalStateException("nobody was told"));
    }

    private static String link(Letter letter, String action) {
        return letter.link(action).orElseThrow(() -> new IllegalStateException("there is no link"));
    }

    private JsonNode alert() {
        return told.alert(LOW, PUMP.sim()).orElseThrow(() -> new IllegalStateException("no alert is open"));
    }

    private String status() {
        return alert().path("state").asText();
    }

    private static String title(String page) {
        return TITLE.matcher(page)
                .results()
                .findFirst()
                .map(found -> found.group(1))
                .orElse(page);
    }
}
