package dev.fleetline.checks;

import dev.fleetline.lambda.LogKey;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.MDC;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerRequest;

/**
 * Asks DynamoDB with each call of a function what it consumed, and adds it up. The SDK finds this class by its name in
 * a resource; while nobody measures, it changes nothing.
 */
public final class ConsumedUnits implements ExecutionInterceptor {

    /** What was consumed since the last look: units of DynamoDB, and calls of Secrets Manager. */
    record Sum(double read, double write, int secretCalls) {

        static final Sum NOTHING = new Sum(0, 0, 0);

        Sum minus(Sum less) {
            return new Sum(read - less.read, write - less.write, secretCalls - less.secretCalls);
        }

        private Sum plus(Sum more) {
            return new Sum(read + more.read, write + more.write, secretCalls + more.secretCalls);
        }
    }

    private static final AtomicReference<Sum> SUM = new AtomicReference<>(Sum.NOTHING);
    private static volatile boolean measuring;

    /** As the SDK makes it, once for each client. */
    public ConsumedUnits() {}

    /** From now on, until it is switched off. */
    static void measure(boolean on) {
        measuring = on;
        SUM.set(Sum.NOTHING);
    }

    /** What was consumed since this was called last. */
    static Sum take() {
        return SUM.getAndSet(Sum.NOTHING);
    }

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        return isMeasured() ? asking(context.request()) : context.request();
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        if (isMeasured()) {
            Sum consumed = context.request() instanceof SecretsManagerRequest
                    ? new Sum(0, 0, 1)
                    : consumed(context.request(), context.response());
            SUM.updateAndGet(sum -> sum.plus(consumed));
        }
    }

    /** A write that its condition refuses is paid for like one that it lets pass; what it would have been is not told. */
    @Override
    public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
        if (!isMeasured()) {
            return;
        }
        switch (context.exception()) {
            case ConditionalCheckFailedException _ -> SUM.updateAndGet(sum -> sum.plus(new Sum(0, 1, 0)));
            case TransactionCanceledException refused ->
                SUM.updateAndGet(sum ->
                        sum.plus(new Sum(0, 2.0 * refused.cancellationReasons().size(), 0)));
            default -> {}
        }
    }

    /** Only functions have a logging context; what the runner looks at costs nothing. */
    private static boolean isMeasured() {
        return measuring && MDC.get(LogKey.FUNCTION.key()) != null;
    }

    private static SdkRequest asking(SdkRequest request) {
        ReturnConsumedCapacity total = ReturnConsumedCapacity.TOTAL;
        return switch (request) {
            case GetItemRequest get ->
                get.toBuilder().returnConsumedCapacity(total).build();
            case PutItemRequest put ->
                put.toBuilder().returnConsumedCapacity(total).build();
            case UpdateItemRequest update ->
                update.toBuilder().returnConsumedCapacity(total).build();
            case DeleteItemRequest delete ->
                delete.toBuilder().returnConsumedCapacity(total).build();
            case QueryRequest query ->
                query.toBuilder().returnConsumedCapacity(total).build();
            case ScanRequest scan ->
                scan.toBuilder().returnConsumedCapacity(total).build();
            case BatchWriteItemRequest batch ->
                batch.toBuilder().returnConsumedCapacity(total).build();
            case TransactWriteItemsRequest transaction ->
                transaction.toBuilder().returnConsumedCapacity(total).build();
            case DynamoDbRequest other ->
                throw new IllegalStateException(
                        "not measured yet, add it here: " + other.getClass().getSimpleName());
            default -> request;
        };
    }

    private static Sum consumed(SdkRequest request, SdkResponse response) {
        return switch (response) {
            case GetItemResponse get -> read(get.consumedCapacity());
            case QueryResponse query -> read(query.consumedCapacity());
            case ScanResponse scan -> read(scan.consumedCapacity());
            case PutItemResponse put -> written(List.of(put.consumedCapacity()));
            case UpdateItemResponse update -> written(List.of(update.consumedCapacity()));
            case DeleteItemResponse delete -> written(List.of(delete.consumedCapacity()));
            case BatchWriteItemResponse batch -> written(batch.consumedCapacity());
            case TransactWriteItemsResponse transaction -> written(transaction.consumedCapacity());
            default ->
                throw new IllegalStateException(
                        "not measured yet, add it here: " + request.getClass().getSimpleName());
        };
    }

    /** To find nothing costs half a unit on AWS, and nothing in DynamoDB Local. */
    private static Sum read(ConsumedCapacity units) {
        return new Sum(Math.max(0.5, units.capacityUnits()), 0, 0);
    }

    private static Sum written(Collection<ConsumedCapacity> units) {
        return new Sum(
                0, units.stream().mapToDouble(ConsumedCapacity::capacityUnits).sum(), 0);
    }
}
