package dev.fleetline.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.testing.template.Template;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing that the template hands on can be lost in silence. */
class DeliveryTest {

    private static final String TEMPLATE = ProjectTree.text(ProjectTree.path("template.yaml"));

    /** Where the rule for orders says its target. */
    private static final String ORDERS_GO_TO = "Arn: !GetAtt OnboardingQueue.Arn\n(          RetryPolicy)";

    @Test
    void everything_handed_on_is_tried_again_and_kept_when_it_fails() {
        assertThat(DeliveryFaults.of(Template.parse(TEMPLATE))).isEmpty();
    }

    static Stream<Arguments> worsened() {
        return Stream.of(
                Arguments.of(
                        "            RetryPolicy: \\{MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 3600}\n",
                        "",
                        "TokenRefresh.Rejected must have: RetryPolicy with both limits"),
                Arguments.of(
                        "            DeadLetterConfig: \\{Arn: !GetAtt RuleDeadLetters.Arn}\n",
                        "            DeadLetterConfig: {Arn: !GetAtt Bus.Arn}\n",
                        "TokenRefresh.EveryFiveMinutes must have: DeadLetterConfig that is a queue here"),
                Arguments.of(
                        "OnFailure: \\{Type: SQS, Destination: !GetAtt HealthSweepFailures.Arn}",
                        "OnFailure: {Type: SQS, Destination: !GetAtt TokenRefreshFailures.Arn}",
                        "HealthSweep must have: on-failure destination of its own"),
                Arguments.of(
                        "MaximumRecordAgeInSeconds: 43200\n",
                        "TumblingWindowInSeconds: 0\n",
                        "CallbackProcessor.Deliveries must have: MaximumRecordAgeInSeconds"),
                Arguments.of(
                        "\\[ReportBatchItemFailures]",
                        "[]",
                        "DeviceOnboarding.Requests must have: FunctionResponseTypes with ReportBatchItemFailures"),
                Arguments.of(
                        "VisibilityTimeout: 720",
                        "VisibilityTimeout: 719",
                        "OnboardingQueue must have: VisibilityTimeout of at least six times the function's Timeout"),
                Arguments.of(
                        "DeletionProtectionEnabled: true",
                        "DeletionProtectionEnabled: false",
                        "Devices must have: DeletionProtectionEnabled"),
                Arguments.of(
                        "DeletionPolicy: Retain", "DeletionPolicy: Delete", "Devices must have: DeletionPolicy Retain"),
                Arguments.of(
                        "(?s)      Events:\n        EveryMinute:.*?RuleDeadLetters.Arn}\n",
                        "",
                        "OutboxRelay is woken by nothing"),
                Arguments.of(
                        ORDERS_GO_TO,
                        "Arn: !Sub \\${CallbackReceiver.Arn}:live\n$1",
                        "CallbackReceiver must have: on-failure destination that is a queue here"),
                Arguments.of(
                        ORDERS_GO_TO,
                        "Arn: !Sub \\${CallbackReceiver.Arn}:live\n$1",
                        "CallbackReceiver must have: permission for events.amazonaws.com to call it"),
                Arguments.of(
                        ORDERS_GO_TO,
                        "Arn: !GetAtt CallbackReceiver.Arn\n$1",
                        "OnboardingRequested must have: alias of CallbackReceiver as its target"),
                Arguments.of(
                        ORDERS_GO_TO,
                        "Arn: !GetAtt Devices.Arn\n$1",
                        "OnboardingRequested must have: queue, topic or function of this template as its target"),
                Arguments.of(
                        "GetAtt OnboardingRequested.Arn",
                        "GetAtt AlertsForPeople.Arn",
                        "OnboardingRequested must have: target that lets it in"),
                Arguments.of(
                        "GetAtt AlertsForPeople.Arn",
                        "GetAtt OnboardingRequested.Arn",
                        "AlertsForPeople must have: target that lets it in"),
                Arguments.of(
                        ":rule/\\*",
                        ":rule/x",
                        "HealthSweep.EveryQuarterHour must have: DeadLetterConfig that lets it in"),
                Arguments.of(
                        "Principal: apigateway.amazonaws.com",
                        "Principal: s3.amazonaws.com",
                        "CallbackReceiver must have: permission for apigateway.amazonaws.com to call it"),
                Arguments.of(
                        "Principal: secretsmanager.amazonaws.com",
                        "Principal: s3.amazonaws.com",
                        "CallbackSecretRotation must have: permission for secretsmanager.amazonaws.com to call it"),
                Arguments.of(
                        "RotationLambdaARN: !Sub \\$\\{CallbackSecretRotation.Arn}:live",
                        "RotationLambdaARN: !Sub \\${TokenRefresh.Arn}:live",
                        "CallbackSecretRotation is woken by nothing"),
                Arguments.of(
                        "LoggingConfig: \\{LogGroup: !Ref TokenRefreshLog}",
                        "ReservedConcurrentExecutions: 1",
                        "TokenRefresh must have: log group with RetentionInDays"));
    }

    @Test
    void an_integration_without_a_route_wakes_nobody() {
        String worse = TEMPLATE.replace("integrations/${CallbackIntegration}", "integrations/none");
        assertThat(worse).isNotEqualTo(TEMPLATE);

        assertThat(DeliveryFaults.of(Template.parse(worse))).containsExactly("CallbackReceiver is woken by nothing");
    }

    @ParameterizedTest
    @MethodSource("worsened")
    void a_template_that_is_worse_in_one_place_is_refused_for_that(String good, String bad, String fault) {
        String worse = TEMPLATE.replaceFirst(good, bad);
        assertThat(worse).as("the place to worsen is in the template").isNotEqualTo(TEMPLATE);

        List<String> faults = DeliveryFaults.of(Template.parse(worse));

        assertThat(faults).contains(fault);
    }
}
