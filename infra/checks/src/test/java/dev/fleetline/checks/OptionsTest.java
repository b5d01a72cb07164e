package dev.fleetline.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.checks.BusRules.Rule;
import dev.fleetline.local.bus.TargetInput;
import dev.fleetline.testing.template.Template;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be deployed beside the stack: rules matched and inputs transformed as EventBridge does, with the samples. */
class OptionsTest {

    private static final Template PAGERDUTY = option("pagerduty");
    private static final Template CLOUDEVENTS = option("cloudevents");

    /** What somebody with bad intent, or just with quotes, calls a site. */
    private static final String AWKWARD = "he said \"no\" \\ {\"event_action\":\"resolve\"} \n <key> \u00fc\u6cf5";

    static Stream<ObjectNode> alerts() {
        return EventSchemasTest.samples()
                .map(ProjectTree::json)
                .map(ObjectNode.class::cast)
                .filter(sample -> sample.path("detail-type").asText().matches(".+Alert[A-Z][a-z]+"));
    }

    static Stream<Arguments> statuses() {
        return Stream.of(
                Arguments.of("DeviceAlertRaised", "open", "CRITICAL", "TriggerCritical"),
                Arguments.of("DeviceAlertRaised", "open", "WARNING", "TriggerWarning"),
                Arguments.of("SiteAlertRaised", "open", "CRITICAL", "TriggerCritical"),
                Arguments.of("FleetAlertReminded", "open", "WARNING", "TriggerWarning"),
                Arguments.of("DeviceAlertAcknowledged", "acknowledged", "CRITICAL", "Acknowledge"),
                Arguments.of("DeviceAlertSnoozed", "snoozed", "WARNING", "Acknowledge"),
                Arguments.of("DeviceAlertEased", "acknowledged", "WARNING", "Acknowledge"),
                Arguments.of("DeviceAlertCleared", "resolved", "WARNING", "Resolve"),
                Arguments.of("PlatformAlertCleared", "resolved", "CRITICAL", "Resolve"));
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void each_status_of_an_alert_has_one_rule(String detailType, String status, String severity, String rule) {
        assertThat(matching(PAGERDUTY, alert(detailType, status, severity)))
                .extracting(Rule::name)
                .containsExactly(rule);
    }

    @Test
    void nobody_is_paged_for_an_alert_that_another_one_speaks_for_or_for_what_is_no_alert() {
        assertThat(matching(PAGERDUTY, alert("DeviceAlertRaised", "suppressed", "CRITICAL")))
                .isEmpty();
        EventSchemasTest.samples()
                .map(ProjectTree::json)
                .filter(sample -> !sample.path("detail-type").asText().contains("Alert"))
                .forEach(sample -> assertThat(matching(PAGERDUTY, sample)).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void every_sample_of_an_alert_is_one_event_that_pagerduty_takes(ObjectNode sample) {
        JsonNode sent = sent(PAGERDUTY, sample);

        assertThat(sent.path("event_action").asText()).isIn("trigger", "acknowledge", "resolve");
        assertThat(sent.path("dedup_key").asText())
                .isEqualTo(sample.at("/detail/dedupKey").asText())
                .hasSizeBetween(1, 255);
        if (sent.path("event_action").asText().equals("trigger")) {
            JsonNode payload = sent.path("payload");
            assertThat(payload.path("summary").asText())
                    .isEqualTo(sample.at("/detail/summary").asText())
                    .hasSizeLessThanOrEqualTo(1024);
            assertThat(payload.path("source").asText()).isNotBlank();
            assertThat(payload.path("severity").asText()).isIn("critical", "warning");
            assertThat(Instant.parse(payload.path("timestamp").asText())).isNotNull();
            assertThat(sent.at("/links/0/href").asText()).startsWith("http");
        } else {
            assertThat(sent.size()).isEqualTo(2);
        }
        assertThat(sent.has("routing_key")).as("it comes from the connection").isFalse();
    }

    @ParameterizedTest
    @CsvSource({"CRITICAL, critical", "WARNING, warning"})
    void pagerduty_gets_its_own_word_for_how_bad_it_is(String severity, String word) {
        assertThat(sent(PAGERDUTY, alert("DeviceAlertRaised", "open", severity))
                        .at("/payload/severity")
                        .asText())
                .isEqualTo(word);
    }

    @Test
    void the_same_trouble_has_the_same_key_from_its_beginning_to_its_end() {
        assertThat(Stream.of("open", "acknowledged", "resolved")
                        .map(status -> sent(PAGERDUTY, alert("DeviceAlertRaised", status, "WARNING"))
                                .path("dedup_key")
                                .asText())
                        .distinct())
                .hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void every_sample_of_an_alert_is_a_cloudevent(ObjectNode sample) {
        JsonNode sent = sent(CLOUDEVENTS, sample);

        assertThat(sent.path("specversion").asText()).isEqualTo("1.0");
        assertThat(sent.path("id").asText())
                .isEqualTo(sample.at("/detail/eventId").asText());
        assertThat(sent.path("source").asText()).isEqualTo(sample.path("source").asText());
        assertThat(sent.path("type").asText())
                .isEqualTo("dev.fleetline." + sample.path("detail-type").asText());
        assertThat(Instant.parse(sent.path("time").asText()))
                .isEqualTo(sample.path("time").asText());
        assertThat(sent.path("datacontenttype").asText()).isEqualTo("application/json");
        assertThat(sent.path("data")).isEqualTo(sample.path("detail"));
        // names of attributes: lower-case letters and digits
        assertThat(sent.properties()).extracting(Map.Entry::getKey).allMatch(name -> name.matches("[a-z0-9]{1,20}"));
        assertThat(sent.properties())
                .noneMatch(attribute -> attribute.getValue().isNull());
    }

    @Test
    void a_cloudevent_says_in_its_header_that_it_is_one() {
        assertThat(BusRules.of(CLOUDEVENTS).rules()).singleElement().satisfies(rule -> assertThat(rule.targets()
                        .getFirst()
                        .at("/HttpParameters/HeaderParameters/Content-Type")
                        .asText())
                .isEqualTo("application/cloudevents+json; charset=utf-8"));
    }

    @Test
    void whatever_somebody_called_a_thing_stays_a_text() {
        ObjectNode alert = alert("DeviceAlertRaised", "open", "CRITICAL");
        alert.withObject("/detail").put("summary", AWKWARD).put("dedupKey", AWKWARD);

        assertThat(sent(PAGERDUTY, alert).at("/payload/summary").asText()).isEqualTo(AWKWARD);
        assertThat(sent(PAGERDUTY, alert).path("event_action").asText()).isEqualTo("trigger");
        assertThat(sent(CLOUDEVENTS, alert).path("subject").asText()).isEqualTo(AWKWARD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pagerduty", "cloudevents"})
    void what_is_not_taken_is_kept_and_rings(String name) {
        Template template = option(name);
        var faults = new ArrayList<String>();
        for (Rule rule : BusRules.of(template).rules()) {
            JsonNode target = rule.targets().getFirst();
            if (!BusRules.logicalId(target.path("DeadLetterConfig").path("Arn")).equals("DeadLetters")
                    || !target.path("RetryPolicy").has("MaximumRetryAttempts")
                    || !target.path("RetryPolicy").has("MaximumEventAgeInSeconds")) {
                faults.add(rule.name() + " may lose events");
            }
            if (!template.resource("DeadLettersPolicy").properties().toString().contains("\"" + rule.name() + "\"")) {
                faults.add(rule.name() + " is not let into the queue of what failed");
            }
        }
        assertThat(faults).isEmpty();
        assertThat(template.resourcesOf("AWS::CloudWatch::Alarm"))
                .singleElement()
                .satisfies(alarm -> assertThat(
                                alarm.properties().path("AlarmDescription").toString())
                        .contains("dead-letters.md"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pagerduty", "cloudevents"})
    void no_secret_stands_in_it(String name) {
        Template template = option(name);

        assertThat(template.resourcesOf("AWS::Events::Rule").toString()).doesNotContain("resolve:", "routing_key");
        assertThat(template.resource("Connection").properties().toString()).contains("{{resolve:secretsmanager:${");
    }

    @Test
    void every_option_is_checked_by_lint_and_said_in_the_readme() {
        var named = new TreeSet<String>();
        for (String file : List.of("pagerduty.yaml", "cloudevents.yaml")) {
            for (String page : List.of("infra/lint", ".checkov.yaml", "infra/README.md")) {
                assertThat(ProjectTree.text(ProjectTree.path(page))).as(page).contains(file);
            }
            named.add(file);
        }
        assertThat(ProjectTree.list(ProjectTree.path("infra")).stream()
                        .map(ProjectTree::name)
                        .filter(file -> file.endsWith(".yaml") && !file.equals("alarms.yaml")))
                .containsExactlyElementsOf(named);
    }

    private static Template option(String name) {
        return Template.parse(ProjectTree.text(ProjectTree.path("infra/" + name + ".yaml")));
    }

    private static List<Rule> matching(Template template, JsonNode event) {
        return BusRules.of(template).rules().stream()
                .filter(rule -> RoutingFaults.matches(event, rule.pattern()))
                .toList();
    }

    private static JsonNode sent(Template template, JsonNode event) {
        List<Rule> rules = matching(template, event);
        assertThat(rules).hasSize(1);
        return TargetInput.json(
                TargetInput.declaredBy(rules.getFirst().targets().getFirst()).of(event));
    }

    private static ObjectNode alert(String detailType, String status, String severity) {
        ObjectNode alert =
                ProjectTree.json("events/samples/bus/DeviceAlertRaised.json").deepCopy();
        alert.put("detail-type", detailType);
        alert.withObject("/detail").put("status", status).put("severity", severity);
        return alert;
    }
}
