package dev.fleetline.fleetdynamodb;

import dev.fleetline.testing.template.LocalTables;
import dev.fleetline.testing.template.Resolver;
import dev.fleetline.testing.template.ResourceAnswers;
import dev.fleetline.testing.template.Template;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Empty tables under names that no other test has, as template.yaml declares them. */
final class FreshTables {

    private FreshTables() {}

    static Tables in(DynamoDbClient dynamo) {
        String stage = "t" + UUID.randomUUID().toString().substring(24);
        Template template = Template.read();
        Resolver resolver = Resolver.of(
                template,
                "fleetline-" + stage,
                Map.of("Stage", stage),
                ResourceAnswers.onLoopback(URI.create("http://127.0.0.1:9324")));
        LocalTables tables = LocalTables.create(dynamo, template, resolver);
        return new Tables(
                tables.tableName("Devices"),
                tables.tableName("Identities"),
                tables.tableName("Callbacks"),
                tables.tableName("Alerts"),
                tables.tableName("History"),
                tables.tableName("Outbox"),
                tables.tableName("Claims"));
    }
}
