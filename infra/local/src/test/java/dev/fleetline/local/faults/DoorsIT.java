package dev.fleetline.local.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.testing.aws.LocalDynamo;
import dev.fleetline.testing.aws.LoopbackAws;
import dev.fleetline.testing.aws.SecretsManagerStandIn;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/** Two instances of a function with doors of their own, the store behind its gate, and a real client for each. */
class DoorsIT {

    private static final String DEVICES = "fleetline-devices";
    private static final String OUTBOX = "fleetline-outbox";

    private final Doors doors = new Doors();
    private final LocalDynamo dynamo = LocalDynamo.start(doors);
    private final SecretsManagerStandIn secrets =
            SecretsManagerStandIn.start(InstantSource.fixed(Instant.parse("2026-03-02T15:00:00Z")));
    private final Doors.Opened instance = open("callback-processor");
    private final Doors.Opened other = open("callback-receiver");
    private final DynamoDbClient store = aim(DynamoDbClient.builder(), instance, "DYNAMODB");
    private final DynamoDbClient othersStore = aim(DynamoDbClient.builder(), other, "DYNAMODB");

    @BeforeEach
    void there_are_tables() {
        for (String table : List.of(DEVICES, OUTBOX)) {
            dynamo.client().createTable(create -> create.tableName(table)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .keySchema(KeySchemaElement.builder()
                            .attributeName("id")
                            .keyType(KeyType.HASH)
                            .build())
                    .attributeDefinitions(AttributeDefinition.builder()
                            .attributeName("id")
                            .attributeType(ScalarAttributeType.S)
                            .build()));
        }
    }

    @AfterEach
    void close() {
        store.close();
        othersStore.close();
        dynamo.close();
        secrets.close();
        doors.close();
    }

    @Test
    void a_call_is_carried_out_and_noted_by_its_caller_its_operation_and_its_table() {
        put(store, "a");
        put(store, "b");
        put(othersStore, "c");

        assertThat(ids()).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(units())
                .containsOnly(
                        Map.entry("callback-processor PutItem devices", 2.0),
                        Map.entry("callback-receiver PutItem devices", 1.0));
    }

    @Test
    void a_transaction_is_noted_once_with_all_its_tables() {
        putIntoBoth("a");

        assertThat(units()).containsOnly(Map.entry("callback-processor TransactWriteItems devices+outbox", 4.0));
    }

    @Test
    void what_the_store_itself_refuses_its_caller_hears_and_it_costs_nothing() {
        putIntoBoth("a");

        assertThatThrownBy(() -> putIntoBoth("a"))
                .isInstanceOfSatisfying(
                        TransactionCanceledException.class, refusal -> assertThat(refusal.cancellationReasons())
                                .extracting(reason -> reason.code())
                                .containsExactly("ConditionalCheckFailed", "None"));
        assertThatThrownBy(() -> store.putItem(
                        put -> put.tableName(DEVICES).item(id("a")).conditionExpression("attribute_not_exists(id)")))
                .isInstanceOf(ConditionalCheckFailedException.class);
        assertThat(units()).hasSize(1);
    }

    @Test
    void while_the_store_fails_it_does_nothing_for_any_function() {
        doors.failStore(Duration.ofHours(1));

        for (DynamoDbClient one : List.of(store, othersStore)) {
            assertThatThrownBy(() -> put(one, "a"))
                    .isInstanceOfSatisfying(DynamoDbException.class, failure -> assertThat(failure.statusCode())
                            .isEqualTo(500))
                    .hasMessageContaining("the store fails (played)");
        }
        assertThat(doors.refused()).isEqualTo(2);
        assertThat(ids()).isEmpty();

        doors.failStore(Duration.ZERO);
        put(store, "a");

        assertThat(ids()).containsExactly("a");
    }

    @Test
    void a_killed_instance_does_nothing_from_its_last_call_on_and_no_other_dies_with_it() {
        instance.door().cutAt(2, false);

        put(store, "a");
        assertThatThrownBy(() -> put(store, "b")).hasMessageContaining("this instance is dead (played)");
        assertThatThrownBy(() -> put(store, "c")).hasMessageContaining("this instance is dead (played)");
        put(othersStore, "d");

        assertThat(ids()).containsExactlyInAnyOrder("a", "d");
        assertThat(instance.door().diedAt()).isEqualTo("PutItem devices, not done");
        assertThat(other.door().isCut()).isFalse();
    }

    @Test
    void the_last_call_may_be_done_without_an_answer() {
        instance.door().cutAt(1, true);

        assertThatThrownBy(() -> putIntoBoth("a")).hasMessageContaining("this instance is dead (played)");
        assertThatThrownBy(() -> putIntoBoth("b")).hasMessageContaining("this instance is dead (played)");

        assertThat(ids()).containsExactly("a");
        assertThat(instance.door().diedAt()).isEqualTo("TransactWriteItems devices+outbox, done");
        assertThat(units()).containsOnly(Map.entry("callback-processor TransactWriteItems devices+outbox", 4.0));
    }

    @Test
    void a_refusal_that_nobody_hears_is_not_answered_either() {
        put(othersStore, "a");
        instance.door().cutAt(1, true);

        assertThatThrownBy(() -> putIntoBoth("a"))
                .isNotInstanceOf(TransactionCanceledException.class)
                .hasMessageContaining("this instance is dead (played)");
    }

    @Test
    void who_comes_by_no_door_that_was_opened_gets_nothing() {
        try (DynamoDbClient stranger =
                aim(DynamoDbClient.builder(), dynamo.endpoint().resolve("/99"))) {
            assertThatThrownBy(() -> put(stranger, "a"))
                    .isInstanceOf(DynamoDbException.class)
                    .isNotInstanceOf(ResourceNotFoundException.class);
        }
        assertThat(ids()).isEmpty();
    }

    @Test
    void the_other_services_have_doors_too_that_only_death_shuts() {
        try (SecretsManagerClient vault = aim(SecretsManagerClient.builder(), instance, "SECRETS_MANAGER")) {
            doors.failStore(Duration.ofHours(1));
            vault.createSecret(create -> create.name("a").secretString("one"));
            instance.door().cutAt(1, true);

            assertThatThrownBy(
                            () -> vault.putSecretValue(put -> put.secretId("a").secretString("two")))
                    .isInstanceOf(SecretsManagerException.class)
                    .hasMessageContaining("this instance is dead (played)");
            assertThatThrownBy(
                            () -> vault.putSecretValue(put -> put.secretId("a").secretString("three")))
                    .isInstanceOf(SecretsManagerException.class);
        }
        assertThat(instance.door().diedAt()).isEqualTo("PutSecretValue, done");
        try (SecretsManagerClient vault = aim(SecretsManagerClient.builder(), secrets.endpoint())) {
            assertThat(vault.getSecretValue(get -> get.secretId("a")).secretString())
                    .isEqualTo("two");
        }
        assertThat(units()).isEmpty();
    }

    @Test
    void what_the_client_of_sns_could_not_find_behind_a_door_it_finds_without_one() {
        Map<String, String> environment = Map.of("AWS_ENDPOINT_URL_SNS", "http://127.0.0.1:1");

        assertThat(doors.open("alert-notifier", environment).environment()).isEqualTo(environment);
    }

    private Doors.Opened open(String module) {
        return doors.open(
                module,
                Map.of(
                        "STAGE",
                        "test",
                        "AWS_ENDPOINT_URL_DYNAMODB",
                        dynamo.endpoint().toString(),
                        "AWS_ENDPOINT_URL_SECRETS_MANAGER",
                        secrets.endpoint().toString()));
    }

    private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C aim(
            B client, Doors.Opened opened, String service) {
        return aim(client, URI.create(opened.environment().getOrDefault("AWS_ENDPOINT_URL_" + service, "")));
    }

    private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C aim(B client, URI endpoint) {
        return LoopbackAws.aim(client, endpoint)
                .overrideConfiguration(settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    private static void put(DynamoDbClient client, String id) {
        client.putItem(put -> put.tableName(DEVICES).item(id(id)));
    }

    private void putIntoBoth(String id) {
        store.transactWriteItems(write -> write.transactItems(
                TransactWriteItem.builder()
                        .put(Put.builder()
                                .tableName(DEVICES)
                                .item(id(id))
                                .conditionExpression("attribute_not_exists(id)")
                                .build())
                        .build(),
                TransactWriteItem.builder()
                        .put(Put.builder().tableName(OUTBOX).item(id(id)).build())
                        .build()));
    }

    private static Map<String, AttributeValue> id(String id) {
        return Map.of("id", AttributeValue.fromS(id));
    }

    private List<String> ids() {
        return dynamo.client().scan(scan -> scan.tableName(DEVICES)).items().stream()
                .flatMap(item -> item.values().stream())
                .map(AttributeValue::s)
                .toList();
    }

    private Map<String, Double> units() {
        return doors.unitsToJson()
                .valueStream()
                .collect(Collectors.toMap(step -> step.path("step").asText(), (JsonNode step) -> step.path("units")
                        .asDouble()));
    }
}
