package dev.fleetline.fleetdynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.device.Consequences;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.DeviceRegistry.Saved;
import dev.fleetline.device.Imei;
import dev.fleetline.fleetevents.Outbox;
import dev.fleetline.testing.DeviceRegistryContract;
import dev.fleetline.testing.SampleFleet;
import dev.fleetline.testing.aws.LocalDynamoExtension;
import dev.fleetline.testing.aws.LoopbackAws;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@ExtendWith(LocalDynamoExtension.class)
class DynamoDeviceRegistryIT extends DeviceRegistryContract {

    private final DynamoDbClient dynamo;
    private final Tables tables;

    DynamoDeviceRegistryIT(DynamoDbClient dynamo) {
        this.dynamo = dynamo;
        this.tables = FreshTables.in(dynamo);
    }

    /** The ids are bound to it since it has them, and binding them again with every report was most of its price. */
    @Test
    void a_change_of_readings_alone_is_one_put() {
        Device device = SampleFleet.inService(1);
        registry().save(device, Consequences.NONE);
        List<String> calls = new CopyOnWriteArrayList<>();
        try (DynamoDbClient counting = LoopbackAws.aim(
                        DynamoDbClient.builder(),
                        dynamo.serviceClientConfiguration().endpointOverride().orElseThrow())
                .overrideConfiguration(settings -> settings.addExecutionInterceptor(new ExecutionInterceptor() {
                    @Override
                    public void beforeExecution(Context.BeforeExecution call, ExecutionAttributes attributes) {
                        calls.add(call.request().getClass().getSimpleName());
                    }
                }))
                .build()) {

            Saved saved = new DynamoDeviceRegistry(counting, tables).save(device.at(1), Consequences.NONE);

            assertThat(saved).isEqualTo(new Saved.Stored(device.at(2)));
        }
        assertThat(calls).containsExactly("PutItemRequest");
    }

    @Override
    protected DeviceRegistry registry() {
        return new DynamoDeviceRegistry(dynamo, tables);
    }

    @Override
    protected Outbox outbox() {
        return new DynamoOutbox(dynamo, tables);
    }

    @Override
    protected void spoil(Imei imei) {
        dynamo.updateItem(update -> update.tableName(tables.devices())
                .key(DeviceItem.key(imei))
                .updateExpression("SET vitals = :nonsense")
                .expressionAttributeValues(
                        Map.of(":nonsense", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {1, 0, 9})))));
    }
}
