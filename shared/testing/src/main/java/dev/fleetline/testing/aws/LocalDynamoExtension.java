package dev.fleetline.testing.aws;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * Hands tests a {@link DynamoDbClient}, a {@link DynamoDbStreamsClient} or the {@link LocalDynamo} itself; one server
 * for all tests of the JVM. As they share it, tests that must not see each other's tables create them under names of
 * their own.
 */
public final class LocalDynamoExtension implements ParameterResolver {

    private static final ExtensionContext.Namespace SPACE =
            ExtensionContext.Namespace.create(LocalDynamoExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == DynamoDbClient.class || type == DynamoDbStreamsClient.class || type == LocalDynamo.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // the root store closes it when the last test of the JVM has ended
        LocalDynamo dynamo = context.getRoot()
                .getStore(SPACE)
                .getOrComputeIfAbsent(LocalDynamo.class, key -> LocalDynamo.start(), LocalDynamo.class);
        Class<?> type = parameter.getParameter().getType();
        if (type == DynamoDbClient.class) {
            return dynamo.client();
        }
        return type == DynamoDbStreamsClient.class ? dynamo.streams() : dynamo;
    }
}
