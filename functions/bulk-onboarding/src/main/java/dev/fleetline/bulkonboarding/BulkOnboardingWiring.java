package dev.fleetline.bulkonboarding;

import dev.fleetline.files.FileStore;
import dev.fleetline.filess3.S3FileStore;
import dev.fleetline.fleetdynamodb.DynamoKnownDevices;
import dev.fleetline.fleetdynamodb.DynamoOutbox;
import dev.fleetline.fleetdynamodb.Tables;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetevents.FleetEvents;
import dev.fleetline.fleeteventseventbridge.EventBridgeFleetEvents;
import dev.fleetline.lambda.AwsAccess;
import dev.fleetline.lambda.Settings;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.lambda.Wired;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Names the adapters behind bulk-onboarding's ports. */
@Factory
@Requires(property = Wired.FUNCTION, value = BulkOnboardingHandler.NAME)
final class BulkOnboardingWiring {

    @Singleton
    BulkOnboardingConfig config(Settings settings) {
        return BulkOnboardingConfig.from(settings);
    }

    @Singleton
    Tables tables(BulkOnboardingConfig config) {
        var stores = config.stores();
        return new Tables(stores.devices(), stores.identities(), "", "", "", stores.outbox(), "");
    }

    @Singleton
    DynamoDbClient dynamo(Surroundings surroundings) {
        return new AwsAccess(surroundings).client(DynamoDbClient.builder(), "DYNAMODB");
    }

    @Singleton
    FileStore files(BulkOnboardingConfig config, Surroundings surroundings) {
        S3Client s3 = new AwsAccess(surroundings).client(S3FileStore.plainly(S3Client.builder()), "S3");
        return new S3FileStore(s3, config.stores().files());
    }

    @Singleton
    FleetEvents fleetEvents(BulkOnboardingConfig config, Surroundings surroundings) {
        var eventBridge = new AwsAccess(surroundings).client(EventBridgeClient.builder(), "EVENTBRIDGE");
        return new EventBridgeFleetEvents(eventBridge, config.busName(), surroundings.pause()::of);
    }

    @Singleton
    TakeFile takeFile(
            FileStore files,
            DynamoDbClient dynamo,
            Tables tables,
            FleetEvents bus,
            BulkOnboardingConfig config,
            Surroundings surroundings) {
        return new TakeFile(
                files,
                new RowRules(config.defaults(), config.admitted()),
                new JudgeRows(new DynamoKnownDevices(dynamo, tables, surroundings.pause()::of)),
                new TakeFile.Bus(bus, new Announcer(new DynamoOutbox(dynamo, tables), bus)),
                surroundings.clock());
    }
}
