package dev.fleetline.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.testing.template.Template;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a state machine does can be tried again, is seen when it fails, and calls what a deployment may take back. */
class StateMachineTest {

    private static final String TEMPLATE = ProjectTree.text(ProjectTree.path("template.yaml"));

    @Test
    void the_machines_of_the_template_are_well() {
        assertThat(StateMachineFaults.of(Template.parse(TEMPLATE))).isEmpty();
    }

    static Stream<Arguments> worsened() {
        return Stream.of(
                Arguments.of("        Level: ERROR\n", "        Level: OFF\n", "Logging of errors"),
                Arguments.of(
                        "IncludeExecutionData: false", "IncludeExecutionData: true", "no execution data in its log"),
                Arguments.of(
                        "HealthSweepLive: !Sub ${HealthSweep.Arn}:live",
                        "HealthSweepLive: !GetAtt HealthSweep.Arn",
                        "a function that it calls by its alias"),
                Arguments.of(
                        "Action: [lambda:InvokeFunction]",
                        "Action: [lambda:InvokeFunction, lambda:UpdateFunctionCode]",
                        "no right to lambda:UpdateFunctionCode"),
                Arguments.of(
                        "            ScheduleExpressionTimezone: !Ref SweepTimeZone\n", "", "Nightly with a time zone"),
                Arguments.of(
                        "            DeadLetterConfig: {Arn: !GetAtt FleetSweepDeadLetters.Arn}\n",
                        "",
                        "Nightly with a DeadLetterConfig that is a queue here"),
                Arguments.of(
                        "InOneInvocation: {Function: HealthSweep,",
                        "InOneInvocation: {Function: OutboxRelay,",
                        "a function that does all of it in one invocation, where there are no state machines"));
    }

    @ParameterizedTest
    @MethodSource("worsened")
    void a_template_that_is_worse_in_one_place_is_refused_for_that(String good, String bad, String rule) {
        String worse = TEMPLATE.replace(good, bad);
        assertThat(worse).as("the place to worsen is in the template").isNotEqualTo(TEMPLATE);

        assertThat(StateMachineFaults.of(Template.parse(worse))).contains("FleetSweep must have: " + rule);
    }

    @Test
    void a_step_that_is_tried_once_only_is_missed() {
        String worse =
                TEMPLATE.replaceFirst("(?s)(Payload: \\{task: platform.*?)            Retry: \\[[^\\n]*\\n", "$1");
        assertThat(worse).isNotEqualTo(TEMPLATE);

        assertThat(StateMachineFaults.of(Template.parse(worse)))
                .containsExactly("FleetSweep must have: Platform that is tried again");
    }
}
