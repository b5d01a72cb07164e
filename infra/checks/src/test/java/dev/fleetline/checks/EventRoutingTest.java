package dev.fleetline.checks;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.checks.BusRules.Rule;
import dev.fleetline.testing.template.Template;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The patterns of the template, matched as EventBridge matches them, take the samples they should and no others. */
class EventRoutingTest {

    private static final String TEMPLATE = ProjectTree.text(ProjectTree.path("template.yaml"));
    private static final BusRules DECLARED = BusRules.of(Template.parse(TEMPLATE));

    private static final Map<String, Set<String>> TAKES = Map.of(
            "OnboardingRequested",
            Set.of("DeviceOnboardingRequested"),
            "TokenRefresh.Rejected",
            Set.of("TokenRejected"),
            "CallbackReplay.Bound",
            Set.of("DeviceRegistered"),
            // what S3 tells is no event of ours; BulkOnboardingHandlerIT has it
            "BulkOnboarding.Uploaded",
            Set.of(),
            "BulkFilesForPeople",
            Set.of("BulkOnboardingChecked"),
            // the sample is of an order that its sender can mend
            "FailedOrdersForPeople",
            Set.of(),
            "AlertsForPeople",
            alertsAnd(
                    "TokenReauthorizationNeeded",
                    "TokenRefreshFailed",
                    "StreamBroken",
                    "StreamRepaired",
                    "DeviceOnboardingStuck",
                    "DeviceDrifted"),
            "FleetReport.Completed",
            Set.of("HealthSweepCompleted"),
            "StreamSubscription.Refreshed",
            Set.of("TokenRefreshed"));

    private static final Map<String, Set<String>> REACHES = Map.of(
            "OnboardingRequested", Set.of("OnboardingQueue"),
            "TokenRefresh.Rejected", Set.of("TokenRefresh"),
            "CallbackReplay.Bound", Set.of("CallbackReplay"),
            "BulkOnboarding.Uploaded", Set.of("BulkOnboarding"),
            "BulkFilesForPeople", Set.of("AlertQueue"),
            "FailedOrdersForPeople", Set.of("AlertQueue"),
            "AlertsForPeople", Set.of("AlertQueue"),
            "FleetReport.Completed", Set.of("FleetReport"),
            "StreamSubscription.Refreshed", Set.of("StreamSubscription"));

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
                "AlertRaised",
                "MySiteAlertRaised",
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

        assertThat(DECLARED.rules()).noneMatch(rule -> RoutingFaults.matches(event, rule.pattern()));
    }

    @ParameterizedTest
    @CsvSource({"OPERATIONS, true", "CARRIER, true", "SENDER, false"})
    void of_a_failed_order_a_person_hears_when_its_sender_cannot_mend_it(String mender, boolean isHeard) {
        ObjectNode event = ProjectTree.json("events/samples/bus/DeviceOnboardingFailed.json")
                .deepCopy();
        event.withObject("/detail").put("mender", mender);

        assertThat(DECLARED.rules())
                .filteredOn(rule -> RoutingFaults.matches(event, rule.pattern()))
                .extracting(Rule::name)
                .isEqualTo(isHeard ? List.of("FailedOrdersForPeople") : List.of());
    }

    @Test
    void requests_are_taken_from_any_source() {
        ObjectNode event = ProjectTree.json("events/samples/bus/DeviceOnboardingRequested.json")
                .deepCopy();
        event.put("source", "somebody.else");

        assertThat(DECLARED.rules())
                .filteredOn(rule -> RoutingFaults.matches(event, rule.pattern()))
                .extracting(Rule::name)
                .containsExactly("OnboardingRequested");
    }

    @Test
    void functions_are_woken_by_their_samples_and_handed_what_their_samples_say() {
        assertThat(RoutingFaults.of(Template.parse(TEMPLATE))).isEmpty();
    }

    static Stream<Arguments> worsened() {
        return Stream.of(
                Arguments.of(
                        "\\[\"INSERT\"]", "[\"MODIFY\"]", "CallbackProcessor.Deliveries is not woken by good.json"),
                Arguments.of(
                        "\\[\"INSERT\"]",
                        "[\"MODIFY\"]",
                        "CallbackProcessor.Deliveries is woken by near-miss-modify.json"),
                Arguments.of(
                        "Callbacks.StreamArn",
                        "Devices.StreamArn",
                        "CallbackProcessor.Deliveries has no sample with records of Devices that wakes it"),
                Arguments.of(
                        "Callbacks.StreamArn",
                        "Devices.StreamArn",
                        "CallbackProcessor.Deliveries has no near-miss-….json with records of Devices"),
                Arguments.of(
                        "\\{event: \\$.detail}",
                        "{event: $.source}",
                        "TokenRefresh.Rejected hands on what is no sample of token-refresh, for TokenRejected"),
                Arguments.of(
                        "            InputTransformer:\n.*\n.*\n",
                        "",
                        "TokenRefresh.Rejected hands on what is no sample of token-refresh, for TokenRejected"),
                Arguments.of(
                        "Id: alert-queue\n",
                        "Id: alert-queue\n          InputPath: $.detail\n",
                        "AlertsForPeople changes what it hands to AlertQueue, and no check knows what that expects"),
                Arguments.of(
                        "Arn: !GetAtt AlertQueue.Arn\n          Retry",
                        "Arn: !Sub ${OutboxRelay.Arn}:live\n          Retry",
                        "AlertsForPeople hands on what is no sample of outbox-relay, for DeviceAlertRaised"));
    }

    @ParameterizedTest
    @MethodSource("worsened")
    void a_template_that_is_worse_in_one_place_is_refused_for_that(String good, String bad, String fault) {
        String worse = TEMPLATE.replaceFirst(good, bad.replace("$", "\\$"));
        assertThat(worse).as("the place to worsen is in the template").isNotEqualTo(TEMPLATE);

        assertThat(RoutingFaults.of(Template.parse(worse)))
                .anySatisfy(found -> assertThat(found).startsWith(fault));
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

    /** Every sample of an alert's event, whatever it is about, and these. */
    private static Set<String> alertsAnd(String... others) {
        var types = new TreeSet<>(List.of(others));
        EventSchemasTest.samples()
                .map(ProjectTree::json)
                .map(sample -> sample.path("detail-type").asText())
                .filter(type -> type.matches("(Device|Site|Cell|Fleet|Platform)Alert[A-Z][a-z]+"))
                .forEach(types::add);
        return types;
    }

    private static Set<String> taken(Rule rule) {
        var types = new TreeSet<String>();
        EventSchemasTest.samples()
                .map(ProjectTree::json)
                .filter(sample -> RoutingFaults.matches(sample, rule.pattern()))
                .forEach(sample -> types.add(sample.path("detail-type").asText()));
        return types;
    }
}
