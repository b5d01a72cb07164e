package dev.fleetline.local.bench.health;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbResponse;

/**
 * Asks the tables what each call of this process costs. The SDK finds it by its name in a resource; nothing is asked until
 * somebody counts.
 */
public final class ConsumedUnits implements ExecutionInterceptor {

    private static final Map<String, Double> SUMS = new TreeMap<>();
    private static boolean counting;

    /** As the SDK makes it, once for each client. */
    public ConsumedUnits() {}

    /** From now on, from nothing. */
    static synchronized void restart() {
        counting = true;
        SUMS.clear();
    }

    /** Units so far by operation and tables. */
    static synchronized Map<String, Double> sums() {
        counting = false;
        return Map.copyOf(SUMS);
    }

    private static synchronized boolean isCounting() {
        return counting;
    }

    private static synchronized void add(String step, double units) {
        SUMS.merge(step, units, Double::sum);
    }

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        SdkRequest request = context.request();
        if (!isCounting() || !(request instanceof DynamoDbRequest)) {
            return request;
        }
        return request.sdkFields().stream()
                .filter(field -> field.memberName().equals("ReturnConsumedCapacity"))
                .findFirst()
                .map(field -> {
                    var builder = request.toBuilder();
                    field.set(builder, "TOTAL");
                    return builder.build();
                })
                .map(SdkRequest.class::cast)
                .orElse(request);
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        if (isCounting() && context.response() instanceof DynamoDbResponse) {
            String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
            consumed(context.response())
                    .forEach(table -> add(operation + " " + lastWord(table.tableName()), units(operation, table)));
        }
    }

    private static List<ConsumedCapacity> consumed(SdkResponse response) {
        Optional<Object> value = response.getValueForField("ConsumedCapacity", Object.class);
        return value.stream()
                .flatMap(one -> one instanceof List<?> list ? list.stream() : Stream.of(one))
                .map(ConsumedCapacity.class::cast)
                .toList();
    }

    /** To find nothing costs half a unit on AWS, and nothing in DynamoDB Local. */
    private static double units(String operation, ConsumedCapacity table) {
        return PassTable.READS.contains(operation) ? Math.max(0.5, table.capacityUnits()) : table.capacityUnits();
    }

    private static String lastWord(String table) {
        return table.substring(table.lastIndexOf('-') + 1);
    }
}
