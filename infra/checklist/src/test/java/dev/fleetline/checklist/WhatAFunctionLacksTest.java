package dev.fleetline.checklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A function that is begun is told everything that it still lacks, in one message. */
class WhatAFunctionLacksTest {

    private static final Path ROOT = root();

    /** What the checklist reads. */
    private static final Pattern READ = Pattern.compile(
            "functions/.*|events/samples/.*|pom.xml|template.yaml|README.md|infra/cost.md|infra/dashboards/fleet.json"
                    + "|infra/(checks|local)/pom.xml");

    @Test
    void no_function_lacks_anything() {
        assertThat(Checklist.of(ROOT)).isEmpty();
    }

    @Test
    void a_folder_with_an_empty_pom_is_told_all(@TempDir Path folder) throws IOException {
        Path tree = copy(folder);
        Files.createDirectories(tree.resolve("functions/trip-report"));
        Files.writeString(tree.resolve("functions/trip-report/pom.xml"), "");

        assertThat(Checklist.of(tree)).isEqualTo("""
                trip-report lacks:
                  - functions/trip-report/pom.xml that Maven can read
                  - the parent functions in functions/trip-report/pom.xml, which brings its bill of materials
                  - maven-assembly-plugin in functions/trip-report/pom.xml, which makes its archive
                  - <module>trip-report</module> in functions/pom.xml
                  - its version under dependencyManagement in pom.xml
                  - a dependency in infra/checks/pom.xml
                  - a dependency in infra/local/pom.xml
                  - functions/trip-report/src/main/java/dev/fleetline/tripreport/TripReportHandler.java
                  - functions/trip-report/src/main/java/dev/fleetline/tripreport/TripReportConfig.java
                  - functions/trip-report/src/main/java/dev/fleetline/tripreport/TripReportWiring.java
                  - functions/trip-report/src/test/java/dev/fleetline/tripreport/TripReportHandlerTest.java \
                or …HandlerIT.java
                  - a sample in events/samples/trip-report that is neither refused-…json nor near-miss-…json
                  - functions/trip-report/README.md
                  - TripReport in template.yaml, an AWS::Serverless::Function
                  - what wakes TripReport in template.yaml
                  - TripReportLog in template.yaml, an AWS::Logs::LogGroup
                  - TripReportAlarms in template.yaml, an AWS::CloudFormation::Stack of infra/alarms.yaml
                  - a row in README.md's table of functions
                  - a row in README.md's table of archives
                  - its lines in infra/dashboards/fleet.json
                infra/cost.md lacks:
                  - what a new function costs: Lambda requests have %d parts, and there are %d functions""".formatted(ours(), ours() + 1));
    }

    /** How many functions there are. */
    private static long ours() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT.resolve("functions"))) {
            return folders.filter(folder -> Files.isRegularFile(folder.resolve("pom.xml")))
                    .count();
        }
    }

    @Test
    void a_function_that_only_the_template_knows_is_told_all_but_that(@TempDir Path folder) throws IOException {
        Path tree = copy(folder);
        worsen(
                tree,
                "template.yaml",
                "\nResources:\n",
                "\nResources:\n  TripReport: {Type: AWS::Serverless::Function}\n");

        assertThat(Checklist.of(tree))
                .startsWith("trip-report lacks:\n  - functions/trip-report/pom.xml that Maven can read\n")
                .doesNotContain("- TripReport in template.yaml")
                .contains(
                        "- what wakes TripReport",
                        "- TripReportLog",
                        "- TripReportAlarms",
                        "- functions/trip-report/README.md");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "functions/pom.xml | <module>outbox-relay</module> | '' | <module>outbox-relay</module> in functions/pom.xml",
                "pom.xml | >outbox-relay< | >outbox-rely< | its version under dependencyManagement in pom.xml",
                "infra/checks/pom.xml | >outbox-relay< | >outbox-rely< | a dependency in infra/checks/pom.xml",
                "infra/local/pom.xml | >outbox-relay< | >outbox-rely< | a dependency in infra/local/pom.xml",
                "functions/outbox-relay/pom.xml | >functions< | >fleetline< | the parent functions",
                "functions/outbox-relay/pom.xml | >maven-assembly-plugin< | >maven-jar-plugin< | maven-assembly-plugin",
                "functions/outbox-relay/README.md | (?s).+ | ' ' | functions/outbox-relay/README.md",
                "template.yaml | '  OutboxRelay:' | '  OutboxRelays:' | OutboxRelay in template.yaml",
                "template.yaml | '  OutboxRelayLog:' | '  OutboxRelayLogs:' | OutboxRelayLog in template.yaml",
                "template.yaml | '  OutboxRelayAlarms:' | '  OutboxRelayAlarm:' | OutboxRelayAlarms in template.yaml",
                "template.yaml | (?s)      Events:\\n        EveryMinute:.+?\\n\\n | '' | what wakes OutboxRelay",
                "README.md | \\[outbox-relay] | [outbox] | a row in README.md's table of functions",
                "README.md | '\\| outbox-relay \\|' | '| outbox |' | a row in README.md's table of archives",
            })
    void what_is_taken_away_is_missed(String file, String good, String bad, String lack, @TempDir Path folder)
            throws IOException {
        Path tree = copy(folder);
        worsen(tree, file, good.replace("\\n", "\n"), bad);

        assertThat(Checklist.of(tree)).contains("outbox-relay lacks:\n", "  - " + lack);
    }

    @ParameterizedTest
    @CsvSource({
        "events/samples/outbox-relay/schedule.json, a sample in events/samples/outbox-relay",
        "functions/outbox-relay/README.md, functions/outbox-relay/README.md",
        "functions/outbox-relay/src/main/java/dev/fleetline/outboxrelay/OutboxRelayHandler.java, functions/outbox-relay",
        "functions/outbox-relay/src/test/java/dev/fleetline/outboxrelay/OutboxRelayHandlerIT.java, functions/outbox-relay",
    })
    void a_file_that_is_gone_is_missed(String file, String lack, @TempDir Path folder) throws IOException {
        Path tree = copy(folder);
        Files.delete(tree.resolve(file));

        assertThat(Checklist.of(tree)).startsWith("outbox-relay lacks:\n  - " + lack);
    }

    private static void worsen(Path tree, String file, String good, String bad) throws IOException {
        String text = Files.readString(tree.resolve(file));
        String worse = text.replaceAll(good, Matcher.quoteReplacement(bad));
        assertThat(worse).as("the place to worsen is in %s", file).isNotEqualTo(text);
        Files.writeString(tree.resolve(file), worse);
    }

    private static Path copy(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> tracked = Stream.of("functions", "events", "infra/checks", "infra/local", "infra/dashboards")
                .map(ROOT::resolve)
                .flatMap(WhatAFunctionLacksTest::files)) {
            files = Stream.concat(
                            tracked,
                            Stream.of("pom.xml", "template.yaml", "README.md", "infra/cost.md")
                                    .map(ROOT::resolve))
                    .filter(file ->
                            READ.matcher(ROOT.relativize(file).toString()).matches())
                    .toList();
        }
        for (Path file : files) {
            Path to = folder.resolve(ROOT.relativize(file).toString());
            Files.createDirectories(Optional.ofNullable(to.getParent()).orElse(folder));
            Files.copy(file, to);
        }
        return folder;
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> entries = Files.walk(folder)) {
            return entries
                    .filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("/target/"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        Path from = Path.of("").toAbsolutePath();
        for (Optional<Path> folder = Optional.of(from); folder.isPresent(); folder = folder.map(Path::getParent)) {
            if (Files.isRegularFile(folder.get().resolve("template.yaml"))) {
                return folder.get();
            }
        }
        throw new IllegalStateException(from + " and the folders above have no template.yaml; run inside the project");
    }
}
