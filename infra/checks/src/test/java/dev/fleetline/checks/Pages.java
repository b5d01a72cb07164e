package dev.fleetline.checks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The project's prose, and what in it can be wrong. */
final class Pages {

    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z0-9]+)#([a-z0-9_]+)`");

    private static final Pattern ENTRIES = Pattern.compile("--entries '([^']*)'");
    private static final Pattern METRIC = Pattern.compile("`([A-Z][a-z]+[A-Za-z]*)`");

    private Pages() {}

    /** Every page of the project; what a build made or a folder with a dot holds is none of it. */
    static List<Path> all() {
        Path root = ProjectTree.root();
        return ProjectTree.files(root, ".md").stream()
                .filter(page -> Stream.of(root.relativize(page).toString().split("/", -1))
                        .noneMatch(
                                part -> part.startsWith(".") || part.equals("target") || part.equals("node_modules")))
                .toList();
    }

    /** The links of a page to files of the project that are not there. */
    static List<String> broken(Path page, String text) {
        return LINK.matcher(text)
                .results()
                .map(match -> match.group(1))
                .filter(link -> !link.matches("[a-z]+:.*") && !link.startsWith("#"))
                .filter(link -> !Files.exists(page.resolveSibling(link.replaceAll("#.*", ""))))
                .toList();
    }

    /** The headings of the second level, in their order. */
    static List<String> headings(String text) {
        return text.lines()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3).strip())
                .toList();
    }

    /** What stands under a heading of the second level, up to the next one; nothing when there is no such heading. */
    static String section(String text, String heading) {
        var found = Pattern.compile("(?ms)^## " + Pattern.quote(heading) + "\\s*$(.*?)(?=^## |\\z)")
                .matcher(text);
        return found.find() ? found.group(1).strip() : "";
    }

    /** The rows of every table, without their headings: each its cells. */
    static List<List<String>> rows(String text) {
        var rows = new ArrayList<List<String>>();
        boolean inBody = false;
        for (String line : text.lines().toList()) {
            if (!line.startsWith("|")) {
                inBody = false;
            } else if (line.matches("[|\\s:-]+")) {
                inBody = true;
            } else if (inBody) {
                rows.add(Stream.of(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                        .map(String::strip)
                        .toList());
            }
        }
        return rows;
    }

    /** {@code Class#method} wherever a page names a test so. */
    static List<String> namedTests(String text) {
        return TEST.matcher(text)
                .results()
                .map(match -> match.group(1) + "#" + match.group(2))
                .toList();
    }

    /** What a page has somebody put on a bus: the text between the quotes, as a shell hands it on. */
    static List<String> entries(String text) {
        return ENTRIES.matcher(text).results().map(match -> match.group(1)).toList();
    }

    /** The metrics that a page says are on the dashboard: those in the same sentence as that word. */
    static List<String> metricsOnDashboard(String text) {
        return Pattern.compile("[.?!]\\s|\\n\\s*[\\n|]")
                .splitAsStream(text)
                .filter(sentence -> sentence.toLowerCase(Locale.ROOT).contains("dashboard"))
                .flatMap(sentence -> METRIC.matcher(sentence).results())
                .map(match -> match.group(1))
                .toList();
    }

    /** Whether a source of that class has a test of that name. */
    static boolean isTest(String name, List<Path> sources) {
        String type = name.substring(0, name.indexOf('#'));
        String method = name.substring(name.indexOf('#') + 1);
        // members are set apart by an empty line, so what stands between it and the method is the method's own
        var declared = Pattern.compile(
                "@(Test|ParameterizedTest|Property|Example)\\b(?:(?!\n\n)[\\s\\S])*?\\bvoid " + method + "\\(");
        return sources.stream()
                .filter(source -> ProjectTree.name(source).equals(type + ".java"))
                .anyMatch(source -> declared.matcher(ProjectTree.text(source)).find());
    }
}
