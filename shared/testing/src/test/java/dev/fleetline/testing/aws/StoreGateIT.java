package dev.fleetline.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.testing.aws.StoreGate.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The gate before the tables, as the real SDK client sees it. */
class StoreGateIT {

    private static final Answer NO = new Answer(
            400,
            "{\"__type\":\"com.amazonaws.dynamodb.v20120810#AccessDeniedException\",\"message\":\"not now\"}"
                    .getBytes(StandardCharsets.UTF_8));

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private volatile StoreGate gate = StoreGate.OPEN;
    private final LocalDynamo dynamo = LocalDynamo.start((call, store) -> {
        seen.add(call.path() + " " + call.operation() + " " + text(call.parameters()));
        return gate.pass(call, store);
    });
    private final DynamoDbClient client = LoopbackAws.aim(
                    DynamoDbClient.builder(), dynamo.endpoint().resolve("/7"))
            .overrideConfiguration(settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .build();

    @AfterEach
    void close() {
        client.close();
        dynamo.close();
    }

    @Test
    void sees_each_call_with_the_way_it_came() {
        assertThat(client.listTables(list -> list.limit(3)).tableNames()).isEmpty();

        assertThat(seen).singleElement().asString().startsWith("/7").endsWith(" ListTables {\"Limit\":3}");
    }

    @Test
    void what_it_refuses_the_store_does_not_hear_of() {
        gate = (_, _) -> NO;

        assertThatThrownBy(client::listTables)
                .isInstanceOf(DynamoDbException.class)
                .hasMessageContaining("not now");
    }

    @Test
    void may_pass_other_parameters_on() {
        client.createTable(create -> create.tableName("other")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(KeySchemaElement.builder()
                        .attributeName("id")
                        .keyType(KeyType.HASH)
                        .build())
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.S)
                        .build()));
        gate = (_, store) -> store.carryOut("{\"TableName\":\"other\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(client.describeTable(describe -> describe.tableName("this"))
                        .table()
                        .tableName())
                .isEqualTo("other");
    }

    @Test
    void hears_what_the_store_says_and_may_keep_it_to_itself() {
        var heard = new CopyOnWriteArrayList<String>();
        gate = (call, store) -> {
            Answer answer = store.carryOut(call.parameters());
            heard.add(answer.status() + " " + text(answer.body()));
            return NO;
        };

        assertThatThrownBy(client::listTables).hasMessageContaining("not now");
        assertThatThrownBy(() -> client.describeTable(describe -> describe.tableName("this")))
                .hasMessageContaining("not now");

        assertThat(heard.getFirst()).isEqualTo("200 {\"TableNames\":[]}");
        assertThat(heard.getLast()).startsWith("400 ").contains("ResourceNotFoundException");
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
