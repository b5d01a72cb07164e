package dev.fleetline.testing.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.sns.model.PublishRequest;

class CalledResourcesTest {

    private static final Map<String, AttributeValue> ITEM = Map.of("id", AttributeValue.fromS("1"));

    @Test
    void a_call_on_a_table_names_the_table() {
        assertThat(calls(
                        "PutItem",
                        PutItemRequest.builder().tableName("devices").item(ITEM).build()))
                .containsExactly("Service.PutItem table/devices");
    }

    @Test
    void a_query_of_an_index_names_the_index_and_not_the_table_alone() {
        assertThat(calls(
                        "Query",
                        QueryRequest.builder()
                                .tableName("alerts")
                                .indexName("open")
                                .build()))
                .containsExactly("Service.Query table/alerts/index/open");
    }

    @Test
    void a_transaction_is_as_many_calls_as_it_has_parts_on_tables() {
        assertThat(calls(
                        "TransactWriteItems",
                        TransactWriteItemsRequest.builder()
                                .transactItems(List.of(
                                        part(write -> write.put(
                                                put -> put.tableName("alerts").item(ITEM))),
                                        part(write -> write.put(
                                                put -> put.tableName("alerts").item(ITEM))),
                                        part(write -> write.update(update ->
                                                update.tableName("alerts").key(ITEM))),
                                        part(write -> write.delete(delete ->
                                                delete.tableName("claims").key(ITEM))),
                                        part(write -> write.conditionCheck(check ->
                                                check.tableName("devices").key(ITEM)))))
                                .build()))
                .containsExactly(
                        "Service.TransactWriteItems.Put table/alerts",
                        "Service.TransactWriteItems.Update table/alerts",
                        "Service.TransactWriteItems.Delete table/claims",
                        "Service.TransactWriteItems.ConditionCheck table/devices");
    }

    @Test
    void a_batch_that_reads_is_as_many_calls_as_it_has_tables() {
        var keys = KeysAndAttributes.builder().keys(List.of(ITEM, ITEM)).build();

        assertThat(calls(
                        "BatchGetItem",
                        BatchGetItemRequest.builder()
                                .requestItems(Map.of("devices", keys))
                                .build()))
                .containsExactly("Service.BatchGetItem table/devices");
    }

    @Test
    void an_object_is_called_by_its_bucket_and_first_folder() {
        assertThat(calls(
                        "GetObject",
                        GetObjectRequest.builder()
                                .bucket("files")
                                .key("incoming/check/june.csv")
                                .build()))
                .containsExactly("Service.GetObject bucket/files/incoming/*");
    }

    @Test
    void a_claim_is_called_by_what_its_key_begins_with() {
        assertThat(calls("PutItem", claim("answer#order#0123456789abcdef")))
                .containsExactly("Service.PutItem table/claims/claim/answer#order#*");
        assertThat(calls("PutItem", claim("ticket#a-secret")))
                .containsExactly("Service.PutItem table/claims/claim/ticket#*");
    }

    private static PutItemRequest claim(String key) {
        return PutItemRequest.builder()
                .tableName("claims")
                .item(Map.of("claim", AttributeValue.fromS(key)))
                .build();
    }

    @Test
    void a_batch_is_as_many_calls_as_it_has_tables_and_kinds_of_writes() {
        var delete = WriteRequest.builder()
                .deleteRequest(DeleteRequest.builder().key(ITEM).build());
        var put = WriteRequest.builder()
                .putRequest(PutRequest.builder().item(ITEM).build());

        assertThat(calls(
                        "BatchWriteItem",
                        BatchWriteItemRequest.builder()
                                .requestItems(Map.of("outbox", List.of(delete.build(), put.build())))
                                .build()))
                .containsExactly(
                        "Service.BatchWriteItem.Delete table/outbox", "Service.BatchWriteItem.Put table/outbox");
    }

    @Test
    void secrets_keep_their_slashes_and_arns_and_addresses_are_cut_down_to_the_name() {
        assertThat(calls(
                        "GetSecretValue",
                        GetSecretValueRequest.builder()
                                .secretId("fleetline/test/callback")
                                .build()))
                .containsExactly("Service.GetSecretValue secret/fleetline/test/callback");
        assertThat(calls(
                        "Publish",
                        PublishRequest.builder()
                                .topicArn("arn:aws:sns:us-east-1:000000000000:alerts")
                                .build()))
                .containsExactly("Service.Publish topic/alerts");
    }

    @Test
    void events_name_their_bus() {
        var entry =
                PutEventsRequestEntry.builder().eventBusName("fleetline-test").build();

        assertThat(calls(
                        "PutEvents",
                        PutEventsRequest.builder().entries(entry, entry).build()))
                .containsExactly("Service.PutEvents bus/fleetline-test");
    }

    @Test
    void a_call_that_names_nothing_known_is_not_passed_over() {
        assertThat(calls("ListTables", ListTablesRequest.builder().build()))
                .containsExactly("Service.ListTables nothing/known");
    }

    @Test
    void what_was_written_can_be_read_back() {
        var call = new RecordedCall("Sqs.SendMessage", "queue/name with blanks");

        assertThat(RecordedCall.parse(call.toString())).isEqualTo(call);
    }

    private static TransactWriteItem part(Consumer<TransactWriteItem.Builder> write) {
        return TransactWriteItem.builder().applyMutation(write).build();
    }

    private static List<String> calls(String operation, SdkPojo request) {
        return CalledResources.of("Service." + operation, request).stream()
                .map(RecordedCall::toString)
                .toList();
    }
}
