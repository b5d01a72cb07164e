package dev.fleetline.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.testing.template.Template;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is in the templates that the checks would pass over unseen. */
class KindsTest {

    private static final String TEMPLATE = ProjectTree.text(ProjectTree.path("template.yaml"));

    @ParameterizedTest
    @ValueSource(strings = {"template.yaml", "infra/alarms.yaml"})
    void every_kind_of_thing_is_known_to_a_check(String template) {
        assertThat(KindFaults.of(Template.parse(ProjectTree.text(ProjectTree.path(template)))))
                .isEmpty();
    }

    @Test
    void the_check_that_is_said_to_look_at_a_kind_is_there() {
        assertThat(KindFaults.CHECKED.values()).allSatisfy(check -> assertThat(
                        ProjectTree.path("infra/checks/src/test/java/dev/fleetline/checks/" + check + ".java"))
                .isRegularFile());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AWS::Lambda::Function",
                "AWS::Lambda::EventSourceMapping",
                "AWS::Lambda::Url",
                "AWS::Scheduler::Schedule",
                "AWS::IAM::Role",
                "AWS::IAM::Policy",
                "AWS::IAM::ManagedPolicy",
                "AWS::Serverless::Connector",
                "AWS::Serverless::HttpApi",
                "AWS::Events::EventBusPolicy",
                "Custom::Thing"
            })
    void a_type_that_no_check_knows_is_refused(String type) {
        String more = TEMPLATE.replaceFirst("\nResources:\n", "\nResources:\n  Newcomer: {Type: \"" + type + "\"}\n");

        assertThat(KindFaults.of(Template.parse(more)))
                .singleElement()
                .asString()
                .startsWith("Newcomer is of type " + type + ", which no check knows");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FunctionUrlConfig: {AuthType: NONE}",
                "DeadLetterQueue: {Type: SQS}",
                "VpcConfig: {SubnetIds: []}",
                "Role: !GetAtt Somebody.Arn",
                "Layers: []",
                "InlineCode: x"
            })
    void a_property_of_a_function_that_no_check_knows_is_refused(String property) {
        String more = TEMPLATE.replaceFirst("(?=      CodeUri: functions/token-refresh/)", "      " + property + "\n");

        assertThat(KindFaults.of(Template.parse(more)))
                .singleElement()
                .asString()
                .startsWith("TokenRefresh has " + property.substring(0, property.indexOf(':')) + ", which no check");
    }

    static Stream<Arguments> worsened() {
        return Stream.of(
                Arguments.of("\nGlobals:\n", "\nGlobals:\n  HttpApi: {FailOnWarnings: true}\n", "Globals has HttpApi"),
                Arguments.of(
                        "\nGlobals:\n  Function:\n",
                        "\nGlobals:\n  Function:\n    VpcConfig: {SubnetIds: []}\n",
                        "OutboxRelay has VpcConfig"),
                Arguments.of(
                        "  TokenRefresh:\n",
                        "  TokenRefresh:\n    Connectors: {Its: {Properties: {Permissions: [Write]}}}\n",
                        "TokenRefresh has Connectors"),
                Arguments.of(
                        "  TokenRefresh:\n",
                        "  TokenRefresh:\n    Condition: HasCustomDomain\n",
                        "TokenRefresh is a function under a condition"),
                Arguments.of(
                        "TemplateURL: infra/alarms.yaml",
                        "TemplateURL: infra/more.yaml",
                        "TokenRefreshAlarms is a stack of infra/more.yaml"),
                Arguments.of("EventBusName: !Ref Bus", "State: DISABLED", "OnboardingRequested has State"),
                Arguments.of(
                        "            BatchSize: 10\n",
                        "            BatchSize: 10\n            Enabled: false\n",
                        "DeviceOnboarding.Requests has Enabled"),
                Arguments.of("Type: Schedule\n", "Type: ScheduleV2\n", "TokenRefresh.EveryFiveMinutes is of type"));
    }

    @ParameterizedTest
    @MethodSource("worsened")
    void a_template_with_something_unknown_in_one_place_is_refused_for_that(String good, String bad, String fault) {
        String worse = TEMPLATE.replaceFirst(good, bad);
        assertThat(worse).as("the place to worsen is in the template").isNotEqualTo(TEMPLATE);

        assertThat(KindFaults.of(Template.parse(worse)))
                .anySatisfy(found -> assertThat(found).startsWith(fault).contains("which no check knows"));
    }
}
