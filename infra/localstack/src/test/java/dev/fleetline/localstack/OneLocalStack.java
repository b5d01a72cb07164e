package dev.fleetline.localstack;

import com.github.dockerjava.api.exception.NotFoundException;
import dev.fleetline.localstack.Readiness.Verdict;
import dev.fleetline.testing.aws.LoopbackAws;
import java.net.URI;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Starts one LocalStack when the first test asks for it and ends it with the last; resolves its address, a client of
 * its tables, and itself. Skips the tests where it cannot be started, or fails them where it is required.
 */
final class OneLocalStack implements ExecutionCondition, ParameterResolver {

    private static final String IMAGE = "localstack/localstack:4.14.0";

    private static final class Docker implements Readiness.Machine {
        @Override
        public boolean dockerAnswers() {
            return DockerClientFactory.instance().isDockerAvailable();
        }

        @Override
        public boolean hasImage(String image) {
            try {
                DockerClientFactory.lazyClient().inspectImageCmd(image).exec();
                return true;
            } catch (NotFoundException e) {
                return false;
            }
        }
    }

    /** The running one; closed by JUnit when the run is over. */
    private static final class Running implements AutoCloseable {
        private final LocalStackContainer container = new LocalStackContainer(DockerImageName.parse(IMAGE))
                // queues and streams are looked at soon, also after a pause, and a warm container stays
                .withEnv("LAMBDA_EVENT_SOURCE_MAPPING_POLL_INTERVAL_SEC", "0.2")
                .withEnv("LAMBDA_EVENT_SOURCE_MAPPING_MAX_BACKOFF_ON_EMPTY_POLL_SEC", "1")
                .withEnv("LAMBDA_KEEPALIVE_MS", "600000");
        private final DynamoDbClient dynamo;

        Running() {
            container.start();
            dynamo = LoopbackAws.aim(DynamoDbClient.builder(), container.getEndpoint())
                    .build();
        }

        @Override
        public void close() {
            dynamo.close();
            container.close();
        }
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Readiness readiness = context.getRoot()
                .getStore(Namespace.create(OneLocalStack.class))
                .getOrComputeIfAbsent(Readiness.class, _ -> Readiness.of(new Docker(), IMAGE), Readiness.class);
        return switch (readiness.verdict(System.getProperty("localstack", ""))) {
            case Verdict.Run() -> ConditionEvaluationResult.enabled("LocalStack can be started");
            case Verdict.Skip(var why) -> ConditionEvaluationResult.disabled(why);
            case Verdict.Fail(var why) -> throw new IllegalStateException(why);
        };
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == URI.class || type == DynamoDbClient.class || type == LocalStackContainer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Running running = context.getRoot()
                .getStore(Namespace.create(OneLocalStack.class))
                .getOrComputeIfAbsent(Running.class, _ -> new Running(), Running.class);
        Class<?> type = parameter.getParameter().getType();
        if (type == LocalStackContainer.class) {
            return running.container;
        }
        return type == URI.class ? running.container.getEndpoint() : running.dynamo;
    }
}
