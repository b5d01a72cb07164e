package dev.fleetline.testing.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * The tables that a template declares, created in DynamoDB Local: keys, indexes with their projections, streams.
 *
 * <p>Time to live is never switched on: a clock that stands in the past would have its items deleted by the real one.
 * Encryption, backups and tags mean nothing on loopback and are left out.
 */
public final class LocalTables implements ResourceAnswers {

    private static final String TYPE = "AWS::DynamoDB::Table";

    private final Map<String, TableDescription> tables;

    private LocalTables(Map<String, TableDescription> tables) {
        this.tables = Collections.unmodifiableMap(tables);
    }

    /** Creates every table of the template that exists in this deployment. */
    public static LocalTables create(DynamoDbClient dynamo, Template template, Resolver resolver) {
        var tables = new LinkedHashMap<String, TableDescription>();
        for (Resource table : template.resourcesOf(TYPE)) {
            if (resolver.exists(table)) {
                tables.put(
                        table.logicalId(),
                        dynamo.createTable(request(table, resolver)).tableDescription());
            }
        }
        return new LocalTables(tables);
    }

    /** The name a table was created under. */
    public String tableName(String logicalId) {
        return table(logicalId).tableName();
    }

    /** The stream of a table, of those that declare one. */
    public Optional<String> streamArn(String logicalId) {
        return Optional.ofNullable(table(logicalId).latestStreamArn());
    }

    /** Knows the {@code StreamArn} of its tables, which nobody can know before they are created. */
    @Override
    public Optional<String> answer(Resource resource, String attribute, Resolver resolver) {
        return attribute.equals("StreamArn") && tables.containsKey(resource.logicalId())
                ? streamArn(resource.logicalId())
                : Optional.empty();
    }

    private TableDescription table(String logicalId) {
        return Optional.ofNullable(tables.get(logicalId))
                .orElseThrow(() -> new TemplateException(
                        "Resources." + logicalId, "is no table of this deployment; there are " + tables.keySet()));
    }

    private static CreateTableRequest request(Resource table, Resolver resolver) {
        ObjectNode properties = resolver.properties(table);
        String place = table.place() + ".Properties";
        if (properties.has("LocalSecondaryIndexes")) {
            throw new TemplateException(
                    place + ".LocalSecondaryIndexes", "are not created here: add them to LocalTables with their test");
        }
        var request = CreateTableRequest.builder()
                .tableName(resolver.physicalName(table, "TableName"))
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(keys(properties, place))
                .attributeDefinitions(attributes(properties, place));
        List<GlobalSecondaryIndex> indexes = indexes(properties, place);
        if (!indexes.isEmpty()) {
            request.globalSecondaryIndexes(indexes);
        }
        if (properties.has("StreamSpecification")) {
            request.streamSpecification(StreamSpecification.builder()
                    .streamEnabled(true)
                    .streamViewType(text(properties.path("StreamSpecification"), "StreamViewType", place))
                    .build());
        }
        return request.build();
    }

    private static List<AttributeDefinition> attributes(ObjectNode properties, String place) {
        return elements(properties, "AttributeDefinitions", place).stream()
                .map(attribute -> AttributeDefinition.builder()
                        .attributeName(text(attribute, "AttributeName", place))
                        .attributeType(text(attribute, "AttributeType", place))
                        .build())
                .toList();
    }

    private static List<KeySchemaElement> keys(JsonNode owner, String place) {
        return elements(owner, "KeySchema", place).stream()
                .map(key -> KeySchemaElement.builder()
                        .attributeName(text(key, "AttributeName", place))
                        .keyType(text(key, "KeyType", place))
                        .build())
                .toList();
    }

    private static List<GlobalSecondaryIndex> indexes(ObjectNode properties, String place) {
        var indexes = new ArrayList<GlobalSecondaryIndex>();
        for (JsonNode index : properties.path("GlobalSecondaryIndexes")) {
            String name = text(index, "IndexName", place + ".GlobalSecondaryIndexes");
            String here = place + ".GlobalSecondaryIndexes." + name;
            var projection =
                    Projection.builder().projectionType(text(index.path("Projection"), "ProjectionType", here));
            if (index.path("Projection").has("NonKeyAttributes")) {
                projection.nonKeyAttributes(elements(index.path("Projection"), "NonKeyAttributes", here).stream()
                        .map(JsonNode::asText)
                        .toList());
            }
            indexes.add(GlobalSecondaryIndex.builder()
                    .indexName(name)
                    .keySchema(keys(index, here))
                    .projection(projection.build())
                    .build());
        }
        return indexes;
    }

    private static List<JsonNode> elements(JsonNode owner, String name, String place) {
        JsonNode elements = owner.path(name);
        if (!elements.isArray() || elements.isEmpty()) {
            throw new TemplateException(place + "." + name, "must be a list that is not empty");
        }
        return elements.valueStream().toList();
    }

    private static String text(JsonNode owner, String name, String place) {
        String text = owner.path(name).asText();
        if (text.isEmpty()) {
            throw new TemplateException(place + "." + name, "is missing");
        }
        return text;
    }
}
