package dev.fleetline.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.testing.calls.RecordedCall;
import dev.fleetline.testing.template.Template;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The comparison bites: each way in which permissions and calls can differ is told by its name. */
class PermissionFaultsTest {

    private static final String TEMPLATE = """
            Parameters:
              Stage: {Type: String, Default: dev}
            Resources:
              Things:
                Type: AWS::DynamoDB::Table
                Properties:
                  TableName: !Sub our-${Stage}-things
                  StreamSpecification: {StreamViewType: NEW_IMAGE}
                  GlobalSecondaryIndexes: [{IndexName: late}]
              Orders:
                Type: AWS::SQS::Queue
                Properties: {QueueName: !Sub "our-${Stage}-orders"}
              Failures:
                Type: AWS::SQS::Queue
                Properties: {QueueName: !Sub "our-${Stage}-orders-failures"}
              Key:
                Type: AWS::SecretsManager::Secret
                Properties: {Name: !Sub "our/${Stage}/key"}
              OneJob:
                Type: AWS::Serverless::Function
                Properties:
                  CodeUri: functions/one-job/target/one-job.zip
                  Tracing: Active
                  Policies:
                    - Statement:
                        - Effect: Allow
                          Action: [dynamodb:PutItem, dynamodb:Query]
                          Resource: !GetAtt Things.Arn
                        - Effect: Allow
                          Action: dynamodb:Query
                          Resource: !Sub "${Things.Arn}/index/late"
                        - Effect: Allow
                          Action: secretsmanager:GetSecretValue
                          Resource: !Ref Key
                  Events:
                    Orders: {Type: SQS, Properties: {Queue: !GetAtt Orders.Arn}}
                    Things:
                      Type: DynamoDB
                      Properties:
                        Stream: !GetAtt Things.StreamArn
                        DestinationConfig: {OnFailure: {Type: SQS, Destination: !GetAtt Failures.Arn}}
            """;

    private static final List<String> CALLS = List.of(
            "DynamoDb.TransactWriteItems.Put table/our-dev-things",
            "DynamoDb.Query table/our-dev-things",
            "DynamoDb.Query table/our-test-stage-things/index/late",
            "SecretsManager.GetSecretValue secret/our/local/key");

    @Test
    void a_function_that_is_allowed_what_it_calls_and_nothing_else_has_no_fault() {
        assertThat(faults(TEMPLATE, CALLS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DynamoDb.TransactWriteItems.ConditionCheck table/our-dev-things | needs dynamodb:ConditionCheckItem on Things, and its Policies do not allow that",
                "DynamoDb.BatchWriteItem.Put table/our-dev-things | needs dynamodb:BatchWriteItem on Things, and its",
                "DynamoDb.Scan table/our-dev-things/index/late | needs dynamodb:Scan on Things/index/late, and its",
                "Sqs.SendMessage queue/our-dev-orders | needs sqs:SendMessage on Orders, and its Policies do not allow",
                "Sqs.SendMessage queue/our-dev-orders-failures | needs sqs:SendMessage on Failures, and its Policies",
                "DynamoDb.Query table/our-dev-things/index/early | the template declares no Things/index/early",
                "DynamoDb.Query table/their-dev-things | no resource of the template has that name",
                "DynamoDb.ListTables nothing/known | ACTIONS does not say which action of IAM that needs",
                "Sqs.PurgeQueue queue/our-dev-orders | ACTIONS does not say which action of IAM that needs",
            })
    void a_call_without_its_permission_is_named(String call, String fault) {
        assertThat(faults(
                        TEMPLATE, Stream.concat(CALLS.stream(), Stream.of(call)).toList()))
                .singleElement()
                .asString()
                .startsWith("OneJob calls ")
                .contains(fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DynamoDb.TransactWriteItems.Put table/our-dev-things | dynamodb:PutItem on Things",
                "DynamoDb.Query table/our-test-stage-things/index/late | dynamodb:Query on Things/index/late",
                "SecretsManager.GetSecretValue secret/our/local/key | secretsmanager:GetSecretValue on Key",
            })
    void a_permission_that_no_call_needs_is_named(String call, String right) {
        assertThat(faults(
                        TEMPLATE,
                        CALLS.stream().filter(one -> !one.equals(call)).toList()))
                .containsExactly("OneJob is allowed " + right + ", and was never seen to call it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Action: secretsmanager:GetSecretValue | Action: [secretsmanager:GetSecretValue, secretsmanager:*] | is allowed secretsmanager:* on Key: name each action",
                "'Resource: !Sub \"${Things.Arn}/index/late\"' | 'Resource: !Sub \"${Things.Arn}/index/*\"' | is allowed dynamodb:Query on Things/index/* without a reason",
                "Resource: !Ref Key | Resource: '*' | is allowed secretsmanager:GetSecretValue on * without a reason",
                "Resource: !Ref Key | Resource: !GetAtt Key.Id | is allowed secretsmanager:GetSecretValue on Id of Key, which is no ARN",
                "Resource: !GetAtt Things.Arn | Resource: !Ref Things | is allowed dynamodb:PutItem on Ref of Things, which is no ARN",
                "/index/late | /index/early | is allowed dynamodb:Query on Things/index/early, which is no ARN",
                "Effect: Allow | NotAction: x | has a statement with more than Effect Allow, Action, Resource and Sid",
                "Tracing: Active | Role: !GetAtt Things.Arn | has a Role of its own",
                "- Statement: | - AWSLambdaExecute\\n        - Statement: | has a policy that is no list of statements",
                "Type: SQS, P | Type: Kinesis, P | is woken by Kinesis, and TemplateRights does not know",
                "Type: SQS, D | Type: Lambda, D | has a destination for failures whose Type is neither SQS nor SNS",
            })
    void a_policy_that_says_too_much_or_cannot_be_followed_is_named(String good, String bad, String fault) {
        String worse = TEMPLATE.replaceFirst(Pattern.quote(good), Matcher.quoteReplacement(bad.replace("\\n", "\n")));
        assertThat(worse).isNotEqualTo(TEMPLATE);

        assertThat(faults(worse, CALLS)).anySatisfy(found -> assertThat(found).startsWith("OneJob " + fault));
    }

    @Test
    void a_wildcard_with_its_reason_beside_it_is_no_fault_while_a_call_needs_it() {
        String reasoned = TEMPLATE.replace(
                "Resource: !Sub \"${Things.Arn}/index/late\"",
                "Resource: !Sub \"${Things.Arn}/index/*\"\n              Sid: BecauseEveryIndexIsRead");

        assertThat(faults(reasoned, CALLS)).isEmpty();
        assertThat(faults(
                        reasoned,
                        CALLS.stream().filter(call -> !call.contains("/index/")).toList()))
                .containsExactly("OneJob is allowed dynamodb:Query on Things/index/*, and was never seen to call it");
    }

    @Test
    void a_right_on_some_keys_is_held_against_the_keys_that_were_called() {
        String narrowed = TEMPLATE.replaceFirst(
                "Resource: !GetAtt Things.Arn\n",
                "Resource: !GetAtt Things.Arn\n              Condition: {\"ForAllValues:StringLike\":"
                        + " {\"dynamodb:LeadingKeys\": [\"answer#order#*\"]}}\n");
        List<String> called = CALLS.stream()
                .map(call -> call.endsWith("our-dev-things") ? call + "/claim/answer#order#*" : call)
                .toList();

        assertThat(faults(narrowed, called)).isEmpty();
        assertThat(faults(TEMPLATE, called)).as("on all keys is on these too").isEmpty();
        assertThat(faults(
                        narrowed,
                        Stream.concat(called.stream(), Stream.of("DynamoDb.PutItem table/our-dev-things/claim/lease#*"))
                                .toList()))
                .containsExactly("OneJob calls what needs dynamodb:PutItem on Things/claim/lease#*, and its Policies do"
                        + " not allow that");
        assertThat(faults(narrowed.replace("answer#order#*", "*"), called))
                .anySatisfy(fault -> assertThat(fault).contains("has a statement with more than"));
    }

    @Test
    void what_sam_allows_for_the_source_of_events_is_not_to_be_said_again() {
        String again = TEMPLATE.replace(
                "        - Effect: Allow\n              Action: secretsmanager",
                "        - {Effect: Allow, Action: sqs:ReceiveMessage, Resource: !GetAtt Orders.Arn}\n"
                        + "            - Effect: Allow\n              Action: secretsmanager");
        assertThat(again).isNotEqualTo(TEMPLATE);

        assertThat(faults(again, CALLS))
                .containsExactly("OneJob is allowed sqs:ReceiveMessage on Orders, and was never seen to call it: SAM "
                        + "allows that already, for what the function is woken by");
    }

    @Test
    void what_sam_adds_follows_from_sources_destinations_traces_and_the_log() {
        Template template = Template.parse(TEMPLATE);

        assertThat(TemplateRights.of(template, template.resource("OneJob")).addedBySam())
                .extracting(Right::toString)
                .contains(
                        "sqs:ReceiveMessage on Orders",
                        "sqs:DeleteMessage on Orders",
                        "sqs:GetQueueAttributes on Orders",
                        "dynamodb:GetRecords on Things/stream",
                        "sqs:SendMessage on Failures",
                        "xray:PutTraceSegments on *",
                        "logs:PutLogEvents on *");
    }

    @Test
    void a_function_of_which_nothing_was_recorded_is_refused() {
        assertThat(PermissionFaults.of(Template.parse(TEMPLATE), Map.of("other-job", calls(CALLS))))
                .singleElement()
                .asString()
                .startsWith("no call of one-job to AWS was recorded in this build");
    }

    private static List<String> faults(String template, List<String> calls) {
        return PermissionFaults.of(Template.parse(template), Map.of("one-job", calls(calls)));
    }

    private static Set<RecordedCall> calls(List<String> lines) {
        return lines.stream().map(RecordedCall::parse).collect(Collectors.toSet());
    }
}
