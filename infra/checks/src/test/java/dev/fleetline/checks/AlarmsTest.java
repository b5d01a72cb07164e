package dev.fleetline.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.testing.template.Template;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing fails, waits or falls silent without an alarm that names what to do. */
class AlarmsTest {

    private static final String TEMPLATE = ProjectTree.text(ProjectTree.path("template.yaml"));
    private static final String ALARMS = ProjectTree.text(ProjectTree.path("infra/alarms.yaml"));

    @Test
    void whatever_can_go_wrong_has_an_alarm_that_names_its_runbook() {
        assertThat(AlarmFaults.of(Template.parse(TEMPLATE), Template.parse(ALARMS)))
                .isEmpty();
    }

    @Test
    void silence_is_no_alarm_while_nobody_is_expected_to_report() {
        assertThat(Deployed.of(Template.parse(TEMPLATE), Map.of()).alarms(Template.parse(ALARMS)))
                .isNotEmpty()
                .noneMatch(alarm -> alarm.name().endsWith("-stream-silent"));
    }

    @Test
    void a_new_function_is_told_all_the_alarms_that_it_lacks() {
        String more = TEMPLATE.replaceFirst("\nResources:\n", """

                Resources:
                  TripReport:
                    Type: AWS::Serverless::Function
                    Properties:
                      FunctionName: !Sub fleetline-\\${Stage}-trip-report
                      Events:
                        Trips: {Type: SQS, Properties: {Queue: !GetAtt Trips.Arn}}
                        Deliveries:
                          Type: DynamoDB
                          Properties: {DestinationConfig: {OnFailure: {Destination: !GetAtt TripFailures.Arn}}}
                  Trips: {Type: AWS::SQS::Queue}
                  TripFailures: {Type: AWS::SQS::Queue}
                """);

        assertThat(AlarmFaults.of(Template.parse(more), Template.parse(ALARMS)))
                .containsExactlyInAnyOrder(
                        "TripReport must have: an alarm on AWS/Lambda Errors fleetline-dev-trip-report",
                        "TripReport must have: an alarm on AWS/Lambda Throttles fleetline-dev-trip-report",
                        "TripReport must have: an alarm on AWS/Lambda IteratorAge fleetline-dev-trip-report",
                        "Trips must have: an alarm on AWS/SQS ApproximateAgeOfOldestMessage fleetline-Trips",
                        "TripFailures must have: an alarm on AWS/SQS ApproximateNumberOfMessagesVisible"
                                + " fleetline-TripFailures");
    }

    static Stream<Arguments> worsened() {
        return Stream.of(
                Arguments.of(
                        "        FailureQueue: !GetAtt CallbackDeadLetters.QueueName\n",
                        "",
                        "CallbackDeadLetters must have: an alarm on AWS/SQS ApproximateNumberOfMessagesVisible"
                                + " fleetline-dev-callback-dead-letters"),
                Arguments.of(
                        "        TokenSecondsLeft: !Ref TokenAlarmSeconds\n",
                        "",
                        "TokenRefresh must have: an alarm on Fleetline TokenSecondsLeft fleetline-dev-token-refresh"),
                Arguments.of(
                        "        OutboxAgeSeconds: 300\n",
                        "",
                        "OutboxRelay must have: an alarm on Fleetline OutboxAgeSeconds fleetline-dev-outbox-relay"),
                Arguments.of(
                        "        SilentHours: !Ref StreamSilentHours\n",
                        "",
                        "CallbackReceiver must have: an alarm on AWS/Lambda Invocations"
                                + " fleetline-dev-callback-receiver"),
                Arguments.of(
                        "        CalledByApi: !Ref CallbackApi\n",
                        "",
                        "CallbackReceiver must have: an alarm on AWS/ApiGateway 5xx CallbackApi.Ref"),
                Arguments.of(
                        "WorkQueue: !GetAtt OnboardingQueue.QueueName",
                        "WorkQueue: !Ref Bus",
                        "fleetline-dev-device-onboarding-queue-age watches what is not there:"
                                + " AWS/SQS ApproximateAgeOfOldestMessage fleetline-dev"),
                Arguments.of(
                        "/function-throttles.md",
                        "/function-errors.md",
                        "fleetline-dev-health-sweep-throttles must name its runbook: function-throttles.md"),
                Arguments.of(
                        "      AlarmActions: \\[!Ref AlarmTopic]\n",
                        "",
                        "fleetline-dev-token-refresh-errors must have: AlarmActions to a topic here"),
                Arguments.of(
                        "      TreatMissingData: notBreaching\n",
                        "",
                        "fleetline-dev-token-refresh-errors must have: TreatMissingData"));
    }

    @ParameterizedTest
    @MethodSource("worsened")
    void a_template_that_is_worse_in_one_place_is_refused_for_that(String good, String bad, String fault) {
        String worse = TEMPLATE.replaceFirst(good, bad);
        String worseAlarms = ALARMS.replaceFirst(good, bad);
        assertThat(worse + worseAlarms).as("the place to worsen is there").isNotEqualTo(TEMPLATE + ALARMS);

        List<String> faults = AlarmFaults.of(Template.parse(worse), Template.parse(worseAlarms));

        assertThat(faults).contains(fault);
    }
}
