package dev.fleetline.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.device.Condition;
import dev.fleetline.lambda.LogKey;
import dev.fleetline.testing.template.Template;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pages say is there is there: files, runbooks, log keys, tests. */
class PagesTest {

    private static final Path THREATS = ProjectTree.path("infra/decisions/0010-threats.md");
    private static final Pattern LOG_KEY = Pattern.compile("mdc\\.(\\w+)");

    static Stream<Path> pages() {
        return Pages.all().stream();
    }

    static Stream<Path> runbooks() {
        return ProjectTree.files(ProjectTree.path("infra/runbooks"), ".md").stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_link_to_a_file_leads_to_one(Path page) {
        assertThat(Pages.broken(page, ProjectTree.text(page))).isEmpty();
    }

    @Test
    void a_link_that_leads_nowhere_is_found() {
        Path page = ProjectTree.path("infra/README.md");

        assertThat(Pages.broken(
                        page, "[a](runbooks/queue-age.md), [b](runbooks/nothing.md), [c](https://a.example.test)"))
                .containsExactly("runbooks/nothing.md");
    }

    @ParameterizedTest
    @MethodSource("runbooks")
    void a_runbook_says_all_that_somebody_needs_at_night(Path runbook) {
        String text = ProjectTree.text(runbook);

        assertThat(text).startsWith("# " + ProjectTree.name(runbook).replace(".md", ""));
        assertThat(Pages.headings(text))
                .containsExactly("Alarm", "Meaning", "Look", "Fix", "Redrive", "Who to tell")
                .allSatisfy(heading -> assertThat(Pages.section(text, heading)).isNotBlank());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void a_page_asks_the_logs_for_keys_that_are_in_them(Path page) {
        assertThat(logKeys(ProjectTree.text(page)))
                .isSubsetOf(Stream.of(LogKey.values()).map(LogKey::key).toList());
    }

    @Test
    void a_key_that_no_log_line_has_is_found() {
        assertThat(logKeys("filter mdc.requestId = 1 | sort mdc.invented")).containsExactly("requestId", "invented");
    }

    @ParameterizedTest
    @MethodSource("runbooks")
    void a_metric_that_a_runbook_says_is_on_the_dashboard_is_there(Path runbook) {
        List<String> shown = ProjectTree.json("infra/dashboards/fleet.json").findValues("metrics").stream()
                .flatMap(JsonNode::valueStream)
                .map(metric -> metric.path(1).asText())
                .toList();

        assertThat(shown).containsAll(Pages.metricsOnDashboard(ProjectTree.text(runbook)));
    }

    @Test
    void the_metrics_of_a_sentence_about_the_dashboard_are_found() {
        assertThat(Pages.metricsOnDashboard("""
                        `Errors` is an alarm. On the dashboard: `Invocations`, of all (compare
                        `Duration`). The `Timeout` is no metric.
                        """)).containsExactly("Invocations", "Duration");
        assertThat(runbooks().map(ProjectTree::text).flatMap(text -> Pages.metricsOnDashboard(text).stream()))
                .contains("ConcurrentExecutions", "Invocations", "Duration");
    }

    @Test
    void an_event_that_a_page_has_somebody_put_on_the_bus_is_one_that_the_bus_takes() {
        List<String> entries = Pages.all().stream()
                .flatMap(page -> Pages.entries(ProjectTree.text(page)).stream())
                .toList();

        assertThat(entries).isNotEmpty().allSatisfy(entry -> assertThat(ProjectTree.parse(entry, "--entries"))
                .isNotEmpty()
                .allSatisfy(event -> {
                    assertThat(event.path("EventBusName").asText()).startsWith("fleetline-");
                    assertThat(event.path("Source").asText()).isNotBlank();
                    assertThat(Schemas.faults(
                                    event.path("DetailType").asText(),
                                    ProjectTree.parse(event.path("Detail").asText(), "Detail")))
                            .isEmpty();
                }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "function-errors",
                "function-throttles",
                "queue-age",
                "dead-letters",
                "iterator-age",
                "token-age",
                "outbox-age",
                "stream-silent"
            })
    void every_kind_of_alarm_has_its_runbook(String kind) {
        assertThat(Pages.section(ProjectTree.text(runbook(kind)), "Alarm")).contains("fleetline-<stage>-");
    }

    @Test
    void every_condition_of_a_device_has_its_runbook_under_its_own_name() {
        assertThat(Condition.values())
                .allSatisfy(condition -> assertThat(Pages.section(ProjectTree.text(runbook(condition.name())), "Alarm"))
                        .contains("`" + condition.name() + "`"));
    }

    /** Of the platform; sites, cells and the fleet have NETWORK_LOST. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "BATTERY_LOW",
                "BATTERY_UNKNOWN",
                "NETWORK_LOST",
                "SIGNAL_WEAK",
                "NEVER_SEEN",
                "SIM_NOT_ACTIVE",
                "IDENTITY_CONFLICT",
                "TOKEN",
                "STREAM",
                "REPORTS_MISSED"
            })
    void every_condition_that_an_alert_event_may_have_has_its_runbook_where_the_event_says(String condition) {
        assertThat(Pages.section(ProjectTree.text(runbook(condition)), "Alarm")).contains("`" + condition + "`");
    }

    @Test
    void the_conditions_of_the_schema_are_those_that_have_runbooks() {
        assertThat(ProjectTree.json("events/schemas/AlertDetail.json")
                        .at("/properties/condition/enum")
                        .valueStream()
                        .map(JsonNode::asText))
                .isNotEmpty()
                .allSatisfy(condition -> assertThat(runbook(condition)).isRegularFile());
    }

    @Test
    void every_event_that_goes_to_people_has_a_runbook_that_names_it() {
        List<String> alarms = runbooks()
                .map(ProjectTree::text)
                .map(text -> Pages.section(text, "Alarm"))
                .toList();

        assertThat(toldToPeople()).contains("TokenReauthorizationNeeded").allSatisfy(event -> assertThat(alarms)
                .filteredOn(alarm -> alarm.contains("`" + event + "`"))
                .hasSize(1));
    }

    @Test
    void every_threat_names_what_stops_it_and_a_test_that_exists() {
        List<Path> sources = ProjectTree.files(ProjectTree.root(), ".java");
        String text = ProjectTree.text(THREATS);
        List<List<String>> rows = Pages.rows(text);

        assertThat(rows).hasSizeGreaterThan(20).allSatisfy(row -> {
            assertThat(row).hasSize(3).noneMatch(String::isBlank);
            assertThat(Pages.namedTests(row.get(2))).isNotEmpty();
        });
        assertThat(Pages.namedTests(text))
                .filteredOn(name -> !Pages.isTest(name, sources))
                .as("tests that are named and are not there")
                .isEmpty();
    }

    @Test
    void a_test_that_is_named_and_not_there_is_found() {
        List<Path> sources = ProjectTree.files(ProjectTree.path("infra/checks/src"), ".java");

        assertThat(Pages.isTest("PagesTest#a_test_that_is_named_and_not_there_is_found", sources))
                .isTrue();
        assertThat(Pages.isTest("PagesTest#a_test_that_was_never_written", sources))
                .isFalse();
        assertThat(Pages.isTest("NoSuchTest#a_test_that_is_named_and_not_there_is_found", sources))
                .isFalse();
        // a method that is there and is no test
        assertThat(Pages.isTest("PagesTest#runbook", sources)).isFalse();
    }

    /** Detail types that a rule hands to the queue for people by their whole name; what has a prefix are the alerts of devices. */
    private static List<String> toldToPeople() {
        Template template = Template.read();
        return BusRules.of(template).rules().stream()
                .filter(rule -> rule.reached().contains("AlertQueue"))
                .flatMap(rule -> rule.pattern().path("detail-type").valueStream())
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .toList();
    }

    private static List<String> logKeys(String text) {
        return LOG_KEY.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .distinct()
                .toList();
    }

    private static Path runbook(String name) {
        return ProjectTree.path("infra/runbooks/" + name + ".md");
    }
}
