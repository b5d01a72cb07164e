package dev.fleetline.checks;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.checks.BusRules.Mapping;
import dev.fleetline.checks.BusRules.Rule;
import dev.fleetline.testing.template.Template;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.event.ruler.Ruler;

/** The patterns of the template, matched as EventBridge matches them, take the samples they should and no others. */
class EventRoutingTest {

    private static final BusRules DECLARED = BusRules.of(Template.read());

    private static final Map<String, Set<String>> TAKES = Map.of(
            "OnboardingRequested",
            Set.of("DeviceOnboardingRequested"),
            "TokenRefresh.Rejected",
            Set.of("TokenRejected"),
            "AlertsForPeople",
            Set.of(
                    "DeviceAlertRaised",
                    "DeviceAlertEscalated",
                    "DeviceAlertEased",
                    "DeviceAlertCleared",
                    "TokenReauthorizationNeeded",
                    "TokenRefreshFailed"));

    private static final Map<String, Set<String>> REACHES = Map.of(
            "OnboardingRequested", Set.of("OnboardingQueue"),
            "TokenRefresh.Rejected", Set.of("TokenRefresh"),
            "AlertsForPeople", Set.of("AlertTopic"));

    @Test
    void every_rule_reaches_whom_it_should_and_nobody_else() {
        assertThat(DECLARED.rules().stream().collect(toMap(Rule::name, Rule::reached)))
                .isEqualTo(REACHES);
    }

    @Test
    void every_rule_takes_the_samples_it_should_and_no_others() {
        Map<String, Set<String>> taken = DECLARED.rules().stream().collect(toMap(Rule::name, EventRoutingTest::taken));

        assertThat(taken).isEqualTo(TAKES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DeviceAlarmRaised",
                "deviceAlertRaised",
                "MyDeviceAlertRaised",
                "TokenRejectedTwice",
                "tokenrejected",
                "TokenRefreshFailedAgain",
                "DeviceOnboardingRequest",
                "DeviceOnboardingRequestedTwice",
                ""
            })
    void no_rule_takes_a_near_miss(String detailType) {
        ObjectNode event =
                ProjectTree.json("events/samples/bus/TokenRejected.json").deepCopy();
        event.put("detail-type", detailType);

        assertThat(DECLARED.rules()).noneMatch(rule -> matches(event, rule.pattern()));
    }

    @Test
    void requests_are_taken_from_any_source() {
        ObjectNode event = ProjectTree.json("events/samples/bus/DeviceOnboardingRequested.json")
                .deepCopy();
        event.put("source", "somebody.else");

        assertThat(DECLARED.rules())
                .filteredOn(rule -> matches(event, rule.pattern()))
                .extracting(Rule::name)
                .containsExactly("OnboardingRequested");
    }

    @Test
    void the_processor_is_woken_by_what_is_new_in_the_table_and_by_nothing_else() {
        Mapping stream = DECLARED.mappings().stream()
                .filter(mapping -> mapping.type().equals("DynamoDB"))
                .findFirst()
                .orElseThrow();
        List<JsonNode> patterns = stream.declared()
                .path("FilterCriteria")
                .path("Filters")
                .valueStream()
                .map(filter -> ProjectTree.parse(filter.path("Pattern").asText(), stream.name()))
                .toList();

        for (Path file : ProjectTree.files(ProjectTree.path("events/samples/callback-processor"), ".json")) {
            boolean wakes = !ProjectTree.name(file).startsWith("near-miss-");
            assertThat(ProjectTree.json(file).path("Records").valueStream())
                    .isNotEmpty()
                    .allSatisfy(item -> assertThat(patterns.stream().anyMatch(pattern -> matches(item, pattern)))
                            .as(ProjectTree.name(file))
                            .isEqualTo(wakes));
        }
    }

    @Test
    void a_refused_token_reaches_its_function_as_the_sample_says() {
        Rule rejected = DECLARED.rules().stream()
                .filter(rule -> rule.name().equals("TokenRefresh.Rejected"))
                .findFirst()
                .orElseThrow();
        JsonNode transformer = rejected.targets().getFirst().path("InputTransformer");
        JsonNode event = ProjectTree.json("events/samples/bus/TokenRejected.json");

        String input = transformer.path("InputTemplate").asText();
        for (Map.Entry<String, JsonNode> variable :
                transformer.path("InputPathsMap").properties()) {
            String pointer = variable.getValue().asText().replace("$", "").replace('.', '/');
            input = input.replace(
                    "<" + variable.getKey() + ">", event.at(pointer).toString());
        }

        assertThat(ProjectTree.parse(input, rejected.name()))
                .isEqualTo(ProjectTree.json("events/samples/token-refresh/rejected.json"));
    }

    @Test
    void what_a_schedule_sends_is_a_sample_of_its_function() {
        assertThat(DECLARED.schedules()).isNotEmpty().allSatisfy(schedule -> {
            JsonNode input = ProjectTree.parse(schedule.declared().path("Input").asText(), schedule.name());
            assertThat(ProjectTree.functions())
                    .filteredOn(module -> ProjectTree.logicalId(module).equals(schedule.function()))
                    .singleElement()
                    .satisfies(module -> assertThat(
                                    ProjectTree.files(ProjectTree.path("events/samples/" + module), ".json"))
                            .extracting(ProjectTree::json)
                            .contains(input));
        });
    }

    private static Set<String> taken(Rule rule) {
        var types = new TreeSet<String>();
        EventSchemasTest.samples()
                .map(ProjectTree::json)
                .filter(sample -> matches(sample, rule.pattern()))
                .forEach(sample -> types.add(sample.path("detail-type").asText()));
        return types;
    }

    private static boolean matches(JsonNode event, JsonNode pattern) {
        try {
            return Ruler.matchesRule(event.toString(), pattern.toString());
        } catch (Exception e) {
            throw new IllegalStateException("the pattern " + pattern + " cannot be matched", e);
        }
    }
}
