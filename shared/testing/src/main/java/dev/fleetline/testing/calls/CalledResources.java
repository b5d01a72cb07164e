package dev.fleetline.testing.calls;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Takes a request of the SDK apart into operations on resources, by the names that AWS gives its members. */
final class CalledResources {

    /** What names a resource in a request, and the kind of resource it names. */
    private static final Map<String, String> NAMED_BY = Map.of(
            "TableName", "table",
            "SecretId", "secret",
            "QueueUrl", "queue",
            "TopicArn", "topic",
            "Bucket", "bucket",
            "EventBusName", "bus");

    private CalledResources() {}

    /** {@code operation} is the SDK's own name with its service, {@code DynamoDb.BatchWriteItem}. */
    static List<RecordedCall> of(String operation, SdkPojo request) {
        List<RecordedCall> calls = Stream.of(
                        named(operation, request),
                        parts(operation, request, "TransactItems"),
                        batch(operation, request),
                        entries(operation, request))
                .flatMap(found -> found)
                .distinct()
                .toList();
        return calls.isEmpty() ? List.of(new RecordedCall(operation, RecordedCall.NOTHING_KNOWN)) : calls;
    }

    private static Stream<RecordedCall> named(String operation, SdkPojo request) {
        return members(request)
                .filter(member -> NAMED_BY.containsKey(member.memberName()))
                .flatMap(member -> text(member, request)
                        .map(name -> new RecordedCall(
                                operation,
                                NAMED_BY.get(member.memberName()) + "/" + ownName(name) + index(request)
                                        + folder(request) + claim(request)))
                        .stream());
    }

    /** {@code [{Put: {TableName}}, {ConditionCheck: {TableName}}]}: each element has one member, and that is its part. */
    private static Stream<RecordedCall> parts(String operation, SdkPojo request, String list) {
        return value(request, list).stream().flatMap(CalledResources::elements).flatMap(item -> members(item)
                .filter(part -> part.getValueOrDefault(item) instanceof SdkPojo)
                .flatMap(part -> named(operation + "." + part.memberName(), (SdkPojo) part.getValueOrDefault(item))));
    }

    /** {@code {table: [{PutRequest}, {DeleteRequest}]}}, or {@code {table: {Keys}}} of a batch that reads. */
    private static Stream<RecordedCall> batch(String operation, SdkPojo request) {
        return value(request, "RequestItems").stream()
                .flatMap(tables -> ((Map<?, ?>) tables).entrySet().stream())
                .flatMap(table -> table.getValue() instanceof Collection<?>
                        ? elements(table.getValue()).flatMap(write -> members(write)
                                .filter(part -> part.getValueOrDefault(write) instanceof SdkPojo)
                                .map(part -> new RecordedCall(
                                        operation + "." + part.memberName().replace("Request", ""),
                                        "table/" + table.getKey())))
                        : Stream.of(new RecordedCall(operation, "table/" + table.getKey())));
    }

    private static Stream<RecordedCall> entries(String operation, SdkPojo request) {
        return value(request, "Entries").stream()
                .flatMap(CalledResources::elements)
                .flatMap(entry -> named(operation, entry));
    }

    private static String index(SdkPojo request) {
        return value(request, "IndexName").map(name -> "/index/" + name).orElse("");
    }

    /** Of an object in a bucket the first folder, since rights end there: {@code /incoming/*}. */
    private static String folder(SdkPojo request) {
        return value(request, "Bucket")
                .flatMap(_ -> value(request, "Key"))
                .map(key -> "/" + String.valueOf(key).replaceFirst("/.*", "/*"))
                .orElse("");
    }

    /** Of a claim what its key begins with, since rights may end there: {@code /claim/answer#order#*}. */
    private static String claim(SdkPojo request) {
        return value(request, "Key")
                .or(() -> value(request, "Item"))
                .filter(Map.class::isInstance)
                .flatMap(key -> Optional.ofNullable(((Map<?, ?>) key).get("claim")))
                .map(name -> "/claim/" + ((AttributeValue) name).s().replaceFirst("^((?:[^#]*#){1,2}).*", "$1*"))
                .orElse("");
    }

    /** Of an ARN and a URL the name; a secret's may have slashes of its own, and is never an address. */
    private static String ownName(String name) {
        if (name.startsWith("arn:")) {
            return name.substring(name.lastIndexOf(':') + 1);
        }
        return name.contains("://") ? name.substring(name.lastIndexOf('/') + 1) : name;
    }

    private static Stream<SdkField<?>> members(SdkPojo pojo) {
        return pojo.sdkFields().stream();
    }

    private static Optional<String> text(SdkField<?> member, SdkPojo pojo) {
        return Optional.ofNullable(member.getValueOrDefault(pojo)).map(String::valueOf);
    }

    private static Optional<Object> value(SdkPojo pojo, String name) {
        return members(pojo)
                .filter(member -> member.memberName().equals(name))
                .flatMap(member -> Optional.<Object>ofNullable(member.getValueOrDefault(pojo)).stream())
                .findFirst();
    }

    private static Stream<SdkPojo> elements(Object list) {
        return ((Collection<?>) list).stream().filter(SdkPojo.class::isInstance).map(SdkPojo.class::cast);
    }
}
