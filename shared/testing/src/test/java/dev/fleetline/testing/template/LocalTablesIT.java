package dev.fleetline.testing.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fleetline.testing.aws.LocalDynamo;
import dev.fleetline.testing.aws.LocalDynamoExtension;
import dev.fleetline.testing.aws.LoopbackAws;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

@ExtendWith(LocalDynamoExtension.class)
class LocalTablesIT {

    private static final Template TEMPLATE = Template.parse("""
            Parameters: {Stage: {Type: String}}
            Conditions: {Never: !Equals [a, b]}
            Resources:
              Callbacks:
                Type: AWS::DynamoDB::Table
                Properties:
                  TableName: !Sub "${Stage}-callbacks"
                  BillingMode: PAY_PER_REQUEST
                  DeletionProtectionEnabled: true
                  AttributeDefinitions:
                    - {AttributeName: device, AttributeType: S}
                    - {AttributeName: delivery, AttributeType: S}
                    - {AttributeName: waiting, AttributeType: S}
                    - {AttributeName: since, AttributeType: N}
                  KeySchema:
                    - {AttributeName: device, KeyType: HASH}
                    - {AttributeName: delivery, KeyType: RANGE}
                  GlobalSecondaryIndexes:
                    - IndexName: waiting
                      KeySchema:
                        - {AttributeName: waiting, KeyType: HASH}
                        - {AttributeName: since, KeyType: RANGE}
                      Projection: {ProjectionType: INCLUDE, NonKeyAttributes: [reason]}
                  StreamSpecification: {StreamViewType: NEW_IMAGE}
                  TimeToLiveSpecification: {AttributeName: expires, Enabled: true}
              Claims:
                Type: AWS::DynamoDB::Table
                Properties:
                  AttributeDefinitions: [{AttributeName: claim, AttributeType: S}]
                  KeySchema: [{AttributeName: claim, KeyType: HASH}]
              NotHere: {Type: "AWS::DynamoDB::Table", Condition: Never}
            """);

    @Test
    void a_table_is_created_with_its_keys_indexes_and_stream(DynamoDbClient dynamo) {
        LocalTables tables = tables(dynamo, "keys");

        TableDescription callbacks =
                dynamo.describeTable(r -> r.tableName("keys-callbacks")).table();
        assertThat(tables.tableName("Callbacks")).isEqualTo("keys-callbacks");
        assertThat(callbacks.keySchema())
                .extracting(KeySchemaElement::attributeName)
                .containsExactly("device", "delivery");
        assertThat(callbacks.globalSecondaryIndexes()).singleElement().satisfies(index -> {
            assertThat(index.indexName()).isEqualTo("waiting");
            assertThat(index.projection().projectionType()).isEqualTo(ProjectionType.INCLUDE);
            assertThat(index.projection().nonKeyAttributes()).containsExactly("reason");
        });
        assertThat(tables.streamArn("Callbacks")).contains(callbacks.latestStreamArn());
        assertThat(tables.streamArn("Claims")).isEmpty();
    }

    @Test
    void a_table_without_a_name_is_named_after_stack_and_logical_id(DynamoDbClient dynamo) {
        LocalTables tables = tables(dynamo, "names");

        assertThat(tables.tableName("Claims")).isEqualTo("names-Claims");
        assertThat(dynamo.describeTable(r -> r.tableName("names-Claims"))
                        .table()
                        .tableName())
                .isEqualTo("names-Claims");
    }

    @Test
    void a_table_whose_condition_does_not_hold_is_not_there(DynamoDbClient dynamo) {
        LocalTables tables = tables(dynamo, "conditions");

        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> tables.tableName("NotHere"))
                .withMessageContaining(
                        "Resources.NotHere: is no table of this deployment; there are [Callbacks, Claims]");
    }

    @Test
    void time_to_live_stays_off_because_the_clock_may_stand_in_the_past(DynamoDbClient dynamo) {
        LocalTables tables = tables(dynamo, "ttl");

        assertThat(dynamo.describeTimeToLive(r -> r.tableName(tables.tableName("Callbacks")))
                        .timeToLiveDescription()
                        .timeToLiveStatus())
                .isEqualTo(TimeToLiveStatus.DISABLED);
    }

    @Test
    void what_is_written_can_be_read_from_the_stream(DynamoDbClient dynamo, DynamoDbStreamsClient streams) {
        LocalTables tables = tables(dynamo, "streams");
        put(dynamo, tables, "uid#1", "d1");
        put(dynamo, tables, "uid#1", "d2");

        List<Record> records = read(streams, tables.streamArn("Callbacks").orElseThrow());

        assertThat(records).extracting(Record::eventName).containsOnly(OperationType.INSERT);
        assertThat(records)
                .extracting(record -> record.dynamodb().newImage().get("delivery"))
                .containsExactly(AttributeValue.fromS("d1"), AttributeValue.fromS("d2"));
    }

    @Test
    void get_att_of_a_stream_is_answered_once_the_table_is_there(DynamoDbClient dynamo) {
        LocalTables tables = tables(dynamo, "streamarn");
        Resolver resolver = Resolver.of(TEMPLATE, "streamarn", Map.of("Stage", "streamarn"), tables);

        assertThat(resolver.getAtt("Callbacks", "StreamArn"))
                .isEqualTo(tables.streamArn("Callbacks").orElseThrow());
    }

    @Test
    void a_client_of_another_region_sees_the_same_tables(DynamoDbClient dynamo, LocalDynamo server) {
        tables(dynamo, "regions");

        try (var elsewhere = LoopbackAws.aim(DynamoDbClient.builder(), server.endpoint())
                .region(Region.EU_WEST_1)
                .build()) {
            assertThat(elsewhere.listTables().tableNames()).contains("regions-callbacks");
        }
    }

    private static LocalTables tables(DynamoDbClient dynamo, String stage) {
        Resolver resolver = Resolver.of(
                TEMPLATE,
                stage,
                Map.of("Stage", stage),
                ResourceAnswers.onLoopback(URI.create("http://127.0.0.1:9324")));
        return LocalTables.create(dynamo, TEMPLATE, resolver);
    }

    private static void put(DynamoDbClient dynamo, LocalTables tables, String device, String delivery) {
        dynamo.putItem(r -> r.tableName(tables.tableName("Callbacks"))
                .item(Map.of("device", AttributeValue.fromS(device), "delivery", AttributeValue.fromS(delivery))));
    }

    private static List<Record> read(DynamoDbStreamsClient streams, String arn) {
        return streams.describeStream(r -> r.streamArn(arn)).streamDescription().shards().stream()
                .map(shard -> streams.getShardIterator(r -> r.streamArn(arn)
                                .shardId(shard.shardId())
                                .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                        .shardIterator())
                .flatMap(iterator -> streams.getRecords(r -> r.shardIterator(iterator)).records().stream())
                .toList();
    }
}
