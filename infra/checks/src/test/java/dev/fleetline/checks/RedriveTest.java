package dev.fleetline.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.checks.StubbedShell.Ran;
import dev.fleetline.fleetdynamodb.DynamoCallbackInbox;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.TableStreamEvent;
import dev.fleetline.testing.template.Resource;
import dev.fleetline.testing.template.Template;
import dev.fleetline.testing.template.TemplateException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code infra/redrive} with a stub in place of AWS. */
class RedriveTest {

    private static final Path SCRIPT = ProjectTree.path("infra/redrive");
    private static final String QUEUES = "https://sqs.us-east-1.amazonaws.com/000000000000/";
    private static final String ARNS = "arn:aws:sqs:us-east-1:000000000000:";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // filled before each test
    private StubbedShell shell;

    @BeforeEach
    void every_dead_letter_queue_of_the_template_is_there_with_two_messages() {
        shell = new StubbedShell(folder).has("aws");
        String urls = deadLetterQueues().stream()
                .map(name -> "\"" + QUEUES + name + "\"")
                .collect(Collectors.joining(",", "{\"QueueUrls\":[", ",\"" + QUEUES + "fleetline-dev-onboarding\"]}"));
        shell.answers("aws", "list-queues", urls);
        Stream.concat(deadLetterQueues().stream(), Stream.of("fleetline-dev-onboarding"))
                .forEach(name -> shell.answers(
                        "aws",
                        "get-queue-attributes --queue-url " + QUEUES + name + " ",
                        "{\"Attributes\":{\"QueueArn\":\"" + ARNS + name
                                + "\",\"ApproximateNumberOfMessages\":\"2\"}}"));
    }

    @Test
    void every_dead_letter_queue_of_the_template_is_found_by_its_name() {
        Ran ran = shell.run("", SCRIPT, "dev");

        assertThat(ran.out().lines()).hasSameSizeAs(deadLetterQueues());
        assertThat(ran.out()).contains("2  onboarding", "2  callback", "2  rule", "2  token-refresh");
    }

    @Test
    void a_queue_that_is_not_there_is_answered_with_those_that_are() {
        Ran ran = shell.run("", SCRIPT, "dev", "nothing");

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).contains("there is no queue nothing; there are: ", "callback", "onboarding", "rule");
    }

    @Test
    void orders_go_back_to_their_queue_after_reasons_were_shown_and_somebody_said_yes() {
        receives("""
                {"Messages":[
                 {"Body":"{\\"imei\\":\\"999999000000014\\"}","ReceiptHandle":"r1",
                  "MessageAttributes":{"reason":{"StringValue":"field iccid is missing"}}},
                 {"Body":"{}","ReceiptHandle":"r2"}]}
                """);
        shell.answers(
                "aws",
                "get-queue-url --queue-name fleetline-dev-onboarding",
                "{\"QueueUrl\":\"" + QUEUES + "fleetline-dev-onboarding\"}");

        Ran no = shell.run("n\n", SCRIPT, "dev", "onboarding");
        assertThat(no.out())
                .contains("fleetline-dev-onboarding-dead-letters: 2 messages")
                .contains("1 of the 2 looked at: field iccid is missing", "1 of the 2 looked at: received too often")
                .contains("nothing was done")
                .doesNotContain("999999000000014");
        assertThat(shell.calls()).noneMatch(call -> call.contains("start-message-move-task"));

        Ran yes = shell.run("y\n", SCRIPT, "dev", "onboarding");
        assertThat(yes.status()).isZero();
        assertThat(shell.calls())
                .anyMatch(call -> call.contains("start-message-move-task --source-arn " + ARNS
                        + "fleetline-dev-onboarding-dead-letters --destination-arn " + ARNS
                        + "fleetline-dev-onboarding "));
    }

    @Test
    void to_look_is_to_change_nothing() {
        receives("{\"Messages\":[{\"Body\":\"{}\",\"ReceiptHandle\":\"r1\"}]}");

        assertThat(shell.run("", SCRIPT, "dev", "onboarding", "--show").status())
                .isZero();

        assertThat(shell.calls())
                .allMatch(call -> call.matches("aws sqs (list-queues|get-queue-attributes|receive-message) .*"))
                .filteredOn(call -> call.contains("receive-message"))
                .allMatch(call -> call.contains("--visibility-timeout 0 "));
    }

    @Test
    void an_event_that_no_target_took_goes_on_the_bus_again_as_it_was() {
        twice("""
                {"Messages":[{"ReceiptHandle":"r1","Body":"{\\"source\\":\\"example.shop\\",\\"time\\":
                 \\"2026-03-02T15:00:00Z\\",\\"detail-type\\":\\"DeviceOnboardingRequested\\",\\"detail\\":{\\"a\\":1}}"},
                 {"ReceiptHandle":"r2","Body":"{\\"task\\":\\"refresh\\"}"}]}
                """.replace("\n ", ""));
        shell.answers("aws", "put-events", "{\"FailedEntryCount\":0}");

        Ran ran = shell.run("", SCRIPT, "dev", "rule", "--yes");

        assertThat(ran.err()).isEmpty();
        assertThat(json(shell.stdin()))
                .isEqualTo(json("[{\"EventBusName\":\"fleetline-dev\",\"Source\":\"example.shop\",\"DetailType\":"
                        + "\"DeviceOnboardingRequested\",\"Detail\":\"{\\\"a\\\": 1}\","
                        + "\"Time\":\"2026-03-02T15:00:00Z\"}]"));
        assertThat(ran.out()).contains("1 x on the bus again", "1 x dropped, a tick of a schedule");
        assertThat(deleted()).containsExactly("r1", "r2");
    }

    @Test
    void an_event_that_the_bus_refuses_stays_in_the_queue() {
        twice("{\"Messages\":[{\"ReceiptHandle\":\"r1\",\"Body\":\"{\\\"source\\\":\\\"a\\\","
                + "\\\"detail-type\\\":\\\"B\\\",\\\"detail\\\":{}}\"}]}");
        shell.answers("aws", "put-events", "{\"FailedEntryCount\":1,\"Entries\":[{\"ErrorMessage\":\"too large\"}]}");

        Ran ran = shell.run("", SCRIPT, "dev", "rule", "--yes");

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).contains("too large");
        assertThat(deleted()).isEmpty();
    }

    @Test
    void only_what_is_surely_a_tick_is_dropped_and_what_cannot_be_read_is_kept_and_told() {
        twice("""
                {"Messages":[{"ReceiptHandle":"r1","Body":"{\\"detail-type\\":\\"DeviceOnboar"},
                 {"ReceiptHandle":"r2","Body":"[]"},
                 {"ReceiptHandle":"r3","Body":"{}"},
                 {"ReceiptHandle":"r4","Body":"{\\"source\\":\\"aws.events\\",\\"detail-type\\":\\"Scheduled Event\\"}"},
                 {"ReceiptHandle":"r5","Body":"{\\"detail-type\\":\\"B\\",\\"detail\\":{}}"}]}
                """);

        Ran ran = shell.run("", SCRIPT, "dev", "rule", "--yes");

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.out()).contains("2 x dropped, a tick of a schedule");
        assertThat(ran.err()).contains("3 x kept, it is no event").doesNotContain("DeviceOnboar");
        assertThat(deleted()).containsExactly("r3", "r4");
        assertThat(shownAgain()).containsExactly("r1", "r2", "r5");
    }

    @Test
    void what_a_refusal_leaves_is_there_again_at_once() {
        twice("{\"Messages\":[" + event("r1") + "," + event("r2") + "," + event("r3") + "]}");
        shell.answersOnce("aws", "put-events", "{\"FailedEntryCount\":0}")
                .answers("aws", "put-events", 254, "", "the bus is not there");

        Ran ran = shell.run("", SCRIPT, "dev", "rule", "--yes");

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.out()).contains("1 x on the bus again");
        assertThat(ran.err()).contains("the bus is not there");
        assertThat(deleted()).containsExactly("r1");
        assertThat(shownAgain()).containsExactly("r2", "r3");
    }

    @Test
    void messages_that_are_hidden_are_counted_too() {
        StubbedShell later = new StubbedShell(folder.resolve("later"))
                .has("aws")
                .answers(
                        "aws",
                        "list-queues",
                        "{\"QueueUrls\":[\"" + QUEUES + "fleetline-dev-rule-dead-letters\",\"" + QUEUES
                                + "fleetline-dev-callback-dead-letters\"]}")
                .answers("aws", "rule-dead-letters", """
                        {"Attributes":{"QueueArn":"arn:1","ApproximateNumberOfMessages":"0",
                         "ApproximateNumberOfMessagesNotVisible":"3"}}
                        """)
                .answers("aws", "callback-dead-letters", """
                        {"Attributes":{"QueueArn":"arn:2","ApproximateNumberOfMessages":"1",
                         "ApproximateNumberOfMessagesNotVisible":"9"}}
                        """);

        assertThat(later.run("", SCRIPT, "dev").out())
                .contains("0  rule, 3 more in work or hidden for up to 5 minutes")
                .contains("1  callback, 9 more in work or hidden for up to 60 minutes");
        assertThat(later.run("", SCRIPT, "dev", "rule").out())
                .contains("rule-dead-letters: 0 messages, 3 more in work or hidden for up to 5 minutes");
    }

    @Test
    void a_look_at_the_whole_table_for_each_of_a_batch_has_an_hour() {
        twice("{\"Messages\":[{\"ReceiptHandle\":\"r1\",\"Body\":\"no json\"}]}");

        Ran ran = shell.run("", SCRIPT, "dev", "callback", "--yes");

        assertThat(ran.err()).contains("1 x kept, it is neither a place in the stream nor the key of a delivery");
        assertThat(deleted()).isEmpty();
        assertThat(shell.calls())
                .filteredOn(call -> call.contains("receive-message"))
                .element(1)
                .asString()
                .contains("--visibility-timeout 3600 ");
    }

    @Test
    void the_name_of_a_deployment_cannot_begin_with_that_of_another() {
        // its queues are found by how their names begin: fleetline-dev- must not begin
        // fleetline-dev-eu-rule-dead-letters
        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> Deployed.of(Template.read(), Map.of("Stage", "dev-eu")))
                .withMessageStartingWith("Parameters.Stage:");
    }

    @Test
    void an_invocation_that_failed_is_made_again_with_what_it_was_called_with() {
        twice("""
                {"Messages":[{"ReceiptHandle":"r1","Body":"{\\"requestContext\\":{\\"condition\\":\\"RetriesExhausted\\",
                 \\"functionArn\\":\\"arn:aws:lambda:us-east-1:000000000000:function:fleetline-dev-token-refresh:$LATEST\\"},
                 \\"requestPayload\\":{\\"task\\":\\"refresh\\"},\\"responsePayload\\":{\\"errorMessage\\":\\"no table\\"}}"}]}
                """.replace("\n ", ""));
        shell.answers("aws", "lambda invoke", "{\"StatusCode\":202}");

        Ran ran = shell.run("", SCRIPT, "dev", "token-refresh", "--yes");

        assertThat(ran.out()).contains("RetriesExhausted", "no table", "1 x fleetline-dev-token-refresh invoked again");
        assertThat(json(shell.stdin())).isEqualTo(json("{\"task\":\"refresh\"}"));
        assertThat(shell.calls()).anyMatch(call -> call.contains("--invocation-type Event"));
        assertThat(deleted()).containsExactly("r1");
    }

    @Test
    void a_place_in_the_stream_becomes_the_deliveries_of_that_time_as_the_processor_reads_them() {
        twice("""
                {"Messages":[{"ReceiptHandle":"r1","Body":"{\\"DDBStreamBatchInfo\\":{
                 \\"approximateArrivalOfFirstRecord\\":\\"2026-03-02T15:05:50Z\\",
                 \\"approximateArrivalOfLastRecord\\":\\"2026-03-02T15:06:10Z\\"}}"}]}
                """.replace("\n ", ""));
        JsonNode stored =
                ProjectTree.json("events/samples/callback-processor/good.json").at("/Records/0/dynamodb/NewImage");
        shell.answers("aws", "dynamodb scan", "{\"Items\":[" + stored + "]}");
        shell.answers("aws", "lambda invoke", "{\"StatusCode\":200}");

        Ran ran = shell.run("", SCRIPT, "dev", "callback", "--yes");

        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).contains("1 deliveries of that time applied again");
        String sent = shell.stdin();
        int second = sent.indexOf("{\"Records\"");
        assertThat(json(sent.substring(0, second)))
                .isEqualTo(json("{\":from\":{\"S\":\"2026-03-02T15:04\"},\":to\":{\"S\":\"2026-03-02T15:08\"}}"));
        TableStreamEvent event = streamEvent(sent.substring(second));
        assertThat(event.changes()).singleElement().satisfies(change -> {
            assertThat(change.eventName()).isEqualTo("INSERT");
            assertThat(DynamoCallbackInbox.fromStream(change.dynamodb().newImage())
                            .id()
                            .deliveryId())
                    .isEqualTo(stored.path("deliveryId").path("S").asText());
        });
        assertThat(shell.calls())
                .anyMatch(call -> call.contains(
                        "--function-name fleetline-dev-callback-processor:live --invocation-type RequestResponse"));
        assertThat(deleted()).containsExactly("r1");
    }

    private static String event(String receipt) {
        return "{\"ReceiptHandle\":\"" + receipt
                + "\",\"Body\":\"{\\\"source\\\":\\\"a\\\",\\\"detail-type\\\":\\\"B\\\",\\\"detail\\\":{}}\"}";
    }

    private static TableStreamEvent streamEvent(String text) {
        try {
            return EdgeJson.JSON.readValue(text, TableStreamEvent.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> deadLetterQueues() {
        return Template.read().resourcesOf("AWS::SQS::Queue").stream()
                .filter(queue -> !queue.properties().has("RedrivePolicy"))
                .map(RedriveTest::name)
                .toList();
    }

    private static String name(Resource queue) {
        return queue.properties().path("QueueName").path("Fn::Sub").asText().replace("${Stage}", "dev");
    }

    private void receives(String answer) {
        shell.answers("aws", "receive-message", answer);
    }

    /** Once to be looked at, once to be worked on; then the queue is empty. */
    private void twice(String answer) {
        shell.answersOnce("aws", "receive-message", answer).answersOnce("aws", "receive-message", answer);
    }

    private List<String> deleted() {
        return receiptsOf("delete-message");
    }

    private List<String> shownAgain() {
        return receiptsOf("change-message-visibility");
    }

    private List<String> receiptsOf(String command) {
        return shell.calls().stream()
                .filter(call -> call.contains(command))
                .map(call -> call.replaceAll(".*--receipt-handle (\\S+).*", "$1"))
                .toList();
    }

    private static JsonNode json(String text) {
        return ProjectTree.parse(text, "what was written down");
    }
}
