package dev.fleetline.callbackreplay;

import dev.fleetline.alert.AlertBook;
import dev.fleetline.alert.JudgeDevice;
import dev.fleetline.applying.ApplyDelivery;
import dev.fleetline.callback.CallbackInbox;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.Health;
import dev.fleetline.fleetdynamodb.DynamoAlertBook;
import dev.fleetline.fleetdynamodb.DynamoCallbackInbox;
import dev.fleetline.fleetdynamodb.DynamoDeviceRegistry;
import dev.fleetline.fleetdynamodb.DynamoOutbox;
import dev.fleetline.fleetdynamodb.Tables;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetevents.FleetEvents;
import dev.fleetline.fleetevents.Outbox;
import dev.fleetline.fleeteventseventbridge.EventBridgeFleetEvents;
import dev.fleetline.lambda.AwsAccess;
import dev.fleetline.lambda.Settings;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.lambda.Wired;
import dev.fleetline.thingspacem2m.M2mCodes;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/** Names the adapters behind callback-replay's ports. */
@Factory
@Requires(property = Wired.FUNCTION, value = CallbackReplayHandler.NAME)
final class CallbackReplayWiring {

    @Singleton
    CallbackReplayConfig config(Settings settings) {
        return CallbackReplayConfig.from(settings);
    }

    @Singleton
    Tables tables(CallbackReplayConfig config) {
        var stores = config.stores();
        return new Tables(
                stores.devices(),
                stores.identities(),
                stores.callbacks(),
                stores.alerts(),
                stores.history(),
                stores.outbox(),
                "");
    }

    @Singleton
    DynamoDbClient dynamo(Surroundings surroundings) {
        return new AwsAccess(surroundings).client(DynamoDbClient.builder(), "DYNAMODB");
    }

    @Singleton
    DeviceRegistry devices(DynamoDbClient dynamo, Tables tables) {
        return new DynamoDeviceRegistry(dynamo, tables);
    }

    @Singleton
    AlertBook alerts(DynamoDbClient dynamo, Tables tables) {
        return new DynamoAlertBook(dynamo, tables);
    }

    @Singleton
    Outbox outbox(DynamoDbClient dynamo, Tables tables) {
        return new DynamoOutbox(dynamo, tables);
    }

    @Singleton
    CallbackInbox inbox(DynamoDbClient dynamo, Tables tables) {
        return new DynamoCallbackInbox(dynamo, tables);
    }

    @Singleton
    FleetEvents fleetEvents(CallbackReplayConfig config, Surroundings surroundings) {
        var eventBridge = new AwsAccess(surroundings).client(EventBridgeClient.builder(), "EVENTBRIDGE");
        return new EventBridgeFleetEvents(eventBridge, config.busName(), surroundings.pause()::of);
    }

    @Singleton
    Announcer announcer(Outbox outbox, FleetEvents bus) {
        return new Announcer(outbox, bus);
    }

    @Singleton
    ApplyDelivery applyDelivery(
            DeviceRegistry devices,
            AlertBook alerts,
            CallbackInbox inbox,
            Announcer announcer,
            CallbackReplayConfig config,
            Surroundings surroundings) {
        var judgeDevice = new JudgeDevice(
                devices,
                alerts,
                new Health(config.health()),
                announcer,
                CallbackReplayHandler.NAME,
                config.runbooks(),
                surroundings.clock());
        return new ApplyDelivery(
                devices,
                inbox,
                judgeDevice,
                announcer,
                config.health(),
                M2mCodes::mender,
                CallbackReplayHandler.NAME,
                surroundings.clock());
    }

    @Singleton
    PlayAgain playAgain(
            CallbackInbox inbox, DeviceRegistry devices, ApplyDelivery applyDelivery, CallbackReplayConfig config) {
        return new PlayAgain(inbox, devices, applyDelivery, config.accounts());
    }
}
