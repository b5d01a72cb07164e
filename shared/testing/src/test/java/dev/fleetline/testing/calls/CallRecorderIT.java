package dev.fleetline.testing.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.lambda.LogKey;
import dev.fleetline.testing.aws.LocalDynamo;
import dev.fleetline.testing.aws.LocalDynamoExtension;
import dev.fleetline.testing.aws.LoopbackAws;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** The recorder in a real client. */
@ExtendWith(LocalDynamoExtension.class)
class CallRecorderIT {

    private final Path folder;
    private final DynamoDbClient dynamo;

    CallRecorderIT(LocalDynamo dynamo, @TempDir Path folder) {
        this.folder = folder.resolve("calls");
        this.dynamo = LoopbackAws.aim(DynamoDbClient.builder(), dynamo.endpoint())
                .overrideConfiguration(
                        client -> client.addExecutionInterceptor(new CallRecorder(Optional.of(this.folder))))
                .build();
    }

    @AfterEach
    void close() {
        MDC.clear();
        dynamo.close();
    }

    @Test
    void a_call_is_written_down_once_under_its_function_even_when_it_is_refused() {
        MDC.put(LogKey.FUNCTION.key(), "some-function");
        scan("no-such-table");
        scan("no-such-table");
        scan("nor-this-one");

        assertThat(folder.resolve("some-function.calls"))
                .hasContent("DynamoDb.Scan table/no-such-table\nDynamoDb.Scan table/nor-this-one");
    }

    @Test
    void what_no_function_asks_is_not_written_down() {
        scan("no-such-table");

        assertThat(folder).doesNotExist();
    }

    private void scan(String table) {
        try {
            dynamo.scan(request -> request.tableName(table));
        } catch (ResourceNotFoundException e) {
            // it was asked for all the same
        }
    }
}
