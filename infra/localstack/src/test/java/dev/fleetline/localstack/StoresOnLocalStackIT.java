package dev.fleetline.localstack;

import dev.fleetline.alert.AlertBook;
import dev.fleetline.callback.CallbackInbox;
import dev.fleetline.claims.Claims;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.Imei;
import dev.fleetline.fleetdynamodb.DynamoAlertBook;
import dev.fleetline.fleetdynamodb.DynamoCallbackInbox;
import dev.fleetline.fleetdynamodb.DynamoClaims;
import dev.fleetline.fleetdynamodb.DynamoDeviceRegistry;
import dev.fleetline.fleetdynamodb.DynamoKnownDevices;
import dev.fleetline.fleetdynamodb.DynamoOutbox;
import dev.fleetline.fleetdynamodb.Tables;
import dev.fleetline.fleetevents.Outbox;
import dev.fleetline.onboarding.KnownDevices;
import dev.fleetline.testing.AlertBookContract;
import dev.fleetline.testing.CallbackInboxContract;
import dev.fleetline.testing.ClaimsContract;
import dev.fleetline.testing.DeviceRegistryContract;
import dev.fleetline.testing.KnownDevicesContract;
import dev.fleetline.testing.OutboxContract;
import dev.fleetline.testing.RecordingPause;
import dev.fleetline.testing.template.LocalTables;
import dev.fleetline.testing.template.Resolver;
import dev.fleetline.testing.template.ResourceAnswers;
import dev.fleetline.testing.template.Template;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What keeps something, on LocalStack's DynamoDB, in tables as the template declares them. */
@Tag("localstack")
@ExtendWith(OneLocalStack.class)
class StoresOnLocalStackIT {

    @Nested
    class Devices extends DeviceRegistryContract {
        private final DynamoDbClient dynamo;
        private final Tables tables;

        Devices(DynamoDbClient dynamo) {
            this.dynamo = dynamo;
            this.tables = freshTables(dynamo);
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
                    .key(Map.of("imei", AttributeValue.fromS(imei.digits())))
                    .updateExpression("SET vitals = :nonsense")
                    .expressionAttributeValues(
                            Map.of(":nonsense", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {1, 0, 9})))));
        }
    }

    @Nested
    class Alerts extends AlertBookContract {
        private final DynamoDbClient dynamo;
        private final Tables tables;

        Alerts(DynamoDbClient dynamo) {
            this.dynamo = dynamo;
            this.tables = freshTables(dynamo);
        }

        @Override
        protected AlertBook book() {
            return new DynamoAlertBook(dynamo, tables);
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
        protected Claims claims() {
            return new DynamoClaims(dynamo, tables);
        }
    }

    @Nested
    class Inbox extends CallbackInboxContract {
        private final CallbackInbox inbox;

        Inbox(DynamoDbClient dynamo) {
            this.inbox = new DynamoCallbackInbox(dynamo, freshTables(dynamo));
        }

        @Override
        protected CallbackInbox inbox() {
            return inbox;
        }
    }

    @Nested
    class Waiting extends OutboxContract {
        private final Outbox outbox;

        Waiting(DynamoDbClient dynamo) {
            this.outbox = new DynamoOutbox(dynamo, freshTables(dynamo));
        }

        @Override
        protected Outbox outbox() {
            return outbox;
        }
    }

    @Nested
    class Leases extends ClaimsContract {
        private final Claims claims;

        Leases(DynamoDbClient dynamo) {
            this.claims = new DynamoClaims(dynamo, freshTables(dynamo));
        }

        @Override
        protected Claims claims() {
            return claims;
        }
    }

    @Nested
    class Known extends KnownDevicesContract {
        private final DynamoDbClient dynamo;
        private final Tables tables;

        Known(DynamoDbClient dynamo) {
            this.dynamo = dynamo;
            this.tables = freshTables(dynamo);
        }

        @Override
        protected KnownDevices known() {
            return new DynamoKnownDevices(dynamo, tables, new RecordingPause()::of);
        }

        @Override
        protected DeviceRegistry registry() {
            return new DynamoDeviceRegistry(dynamo, tables);
        }
    }

    /** Empty ones under names that no other test has. */
    private static Tables freshTables(DynamoDbClient dynamo) {
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
