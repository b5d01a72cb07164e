package dev.fleetline.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.testing.template.Resource;
import dev.fleetline.testing.template.Template;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing is kept or sent in the open, and no door is wider than it must be. */
class ExposureTest {

    private static final String TEMPLATE = ProjectTree.text(ProjectTree.path("template.yaml"));

    /** What is kept: {@link DeliveryFaults} and {@link ExposureFaults} have a rule for each of these. */
    private static final List<String> KEPT_SAFE = List.of(
            "AWS::DynamoDB::Table",
            "AWS::SQS::Queue",
            "AWS::SNS::Topic",
            "AWS::KMS::Key",
            "AWS::Logs::LogGroup",
            "AWS::S3::Bucket",
            "AWS::SecretsManager::Secret");

    private static final String ALERT_TOPICS_POLICY =
            "(Topics: \\[!Ref AlertTopic, !Ref AlertEventsTopic]\n.*\n.*\n        Statement:\n)";

    private static final String NO_CONDITION =
            "no condition on what EventBridge publishes: AWS supports none there, and nothing would arrive";

    @Test
    void nothing_is_kept_or_sent_in_the_open() {
        assertThat(ExposureFaults.of(Template.parse(TEMPLATE))).isEmpty();
    }

    @Test
    void every_kind_of_store_in_the_template_has_its_rule() {
        List<String> stores = List.of("::Table", "::Queue", "::Topic", "::Key", "::LogGroup", "::Secret", "::Bucket");

        assertThat(Template.parse(TEMPLATE).resources().values())
                .extracting(Resource::type)
                .filteredOn(type -> stores.stream().anyMatch(type::endsWith))
                .isNotEmpty()
                .allSatisfy(type -> assertThat(KEPT_SAFE).contains(type));
    }

    static Stream<Arguments> worsened() {
        return Stream.of(
                Arguments.of(
                        "callbacks\n      RetentionInDays: !Ref LogRetentionDays\n",
                        "callbacks\n",
                        "CallbackApiLog must have: RetentionInDays"),
                Arguments.of(
                        "        - !Ref HealthSweepFailures\n",
                        "",
                        "HealthSweepFailures must have: a policy that refuses who comes without TLS"),
                Arguments.of(
                        "Condition: \\{Bool: \\{\"aws:SecureTransport\": false}}",
                        "Condition: {Bool: {\"aws:SecureTransport\": true}}",
                        "OnboardingQueue must have: a policy that refuses who comes without TLS"),
                Arguments.of("        RestrictPublicBuckets: true\n", "", "Files must have: RestrictPublicBuckets"),
                Arguments.of(
                        "      Bucket: !Ref Files\n",
                        "      Bucket: !Ref Bus\n",
                        "Files must have: a policy that refuses who comes without TLS"),
                Arguments.of(
                        "            Condition: \\{ArnEquals: .*\n",
                        "",
                        "OnboardingQueue must have: a condition on whoever its policy lets in"),
                Arguments.of(
                        "            Condition: \\{StringEquals: \\{\"aws:SourceAccount\": !Ref AWS::AccountId}}\n",
                        "",
                        "AlarmTopic must have: a condition on whoever its policy lets in"),
                Arguments.of(
                        ALERT_TOPICS_POLICY,
                        "$1          - {Effect: Allow, Principal: {Service: events.amazonaws.com}, Action: sns:Publish,"
                                + " Resource: \"*\", Condition: {StringEquals: {\"aws:SourceAccount\": x}}}\n",
                        "AlertTopic must have: " + NO_CONDITION),
                Arguments.of(
                        "(Sid: OurAlarmsPublish\n.*\n            Principal: )\\{Service: cloudwatch.amazonaws.com}",
                        "$1{Service: [cloudwatch.amazonaws.com, events.amazonaws.com]}",
                        "AlarmTopic must have: " + NO_CONDITION),
                Arguments.of(
                        ALERT_TOPICS_POLICY,
                        "$1          - {Effect: Allow, Principal: {Service: [events.amazonaws.com,"
                                + " cloudwatch.amazonaws.com]}, Action: sns:Publish, Resource: \"*\"}\n",
                        "AlertEventsTopic must have: a condition on whoever its policy lets in"),
                Arguments.of(
                        "KmsMasterKeyId: !Sub alias/fleetline-\\$\\{Stage}-topics",
                        "KmsMasterKeyId: alias/aws/sns",
                        "AlertTopic must have: a key of our own"),
                Arguments.of("EnableKeyRotation: true", "Enabled: true", "TopicsKey must have: EnableKeyRotation"),
                Arguments.of(
                        "SecretString: '\\{}'",
                        "SecretString: '{\"clientId\":\"x\"}'",
                        "CoreClientSecret must have: no value in the template"),
                Arguments.of(
                        "CALLBACK_SECRET: .*",
                        "CALLBACK_SECRET: '{{resolve:secretsmanager:fleetline/dev/callback}}'",
                        "CallbackReceiver must have: no secret in CALLBACK_SECRET"),
                Arguments.of("\\$context.status", "\\$context.path", "CallbackApiStage must have: no path in its log"),
                Arguments.of(
                        "        ThrottlingBurstLimit: !Ref CallbackBurst\n",
                        "",
                        "CallbackApiStage must have: a limit of requests"),
                Arguments.of(
                        "RouteKey: !Sub POST /\\$\\{CallbackPath}/stream",
                        "RouteKey: POST /stream",
                        "CallbackStreamRoute must have: the path that nobody can guess, a login, or a link that its function"
                                + " checks"),
                Arguments.of(
                        "AuthorizationType: AWS_IAM",
                        "AuthorizationType: NONE",
                        "AlertsRoute must have: the path that nobody can guess, a login, or a link that its function checks"),
                Arguments.of(
                        "RouteKey: GET /alert-links/",
                        "RouteKey: GET /alerts-of-all/",
                        "AlertLinkRoute must have: the path that nobody can guess, a login, or a link that its function"
                                + " checks"),
                Arguments.of(
                        "        ExcludePunctuation: true\n",
                        "        ExcludePunctuation: true\n      SecretString: '{\"key\":\"x\"}'\n",
                        "AlertLinksKey must have: no value in the template"),
                Arguments.of("TLS_1_2", "TLS_1_0", "CallbackDomain must have: TLS 1.2"));
    }

    @ParameterizedTest
    @MethodSource("worsened")
    void a_template_that_is_worse_in_one_place_is_refused_for_that(String good, String bad, String fault) {
        String worse = TEMPLATE.replaceFirst(good, bad);
        assertThat(worse).as("the place to worsen is in the template").isNotEqualTo(TEMPLATE);

        assertThat(ExposureFaults.of(Template.parse(worse))).contains(fault);
    }

    @Test
    void whoever_has_a_name_of_his_own_leaves_no_second_way_in() {
        assertThat(apiIsClosed(Map.of())).isFalse();
        assertThat(apiIsClosed(Map.of(
                        "CustomDomain",
                        "callbacks.example.test",
                        "CertificateArn",
                        "arn:aws:acm:us-east-1:000000000000:certificate/x")))
                .isTrue();
    }

    @Test
    void every_exception_from_checkov_has_its_reason() {
        String skipped = ProjectTree.text(ProjectTree.path(".checkov.yaml")).replaceFirst("(?s)^.*skip-check:\n", "");

        assertThat(skipped.lines().filter(line -> line.contains("CKV"))).isNotEmpty();
        assertThat(skipped).matches("(?s)((  # [^\n]{20,}\n)+  - CKV2?_AWS_\\d+\n)+");
    }

    private static boolean apiIsClosed(Map<String, String> parameters) {
        Deployed deployed = Deployed.of(Template.parse(TEMPLATE), parameters);
        return deployed.resolver()
                .properties(deployed.template().resource("CallbackApi"))
                .path("DisableExecuteApiEndpoint")
                .asBoolean();
    }
}
