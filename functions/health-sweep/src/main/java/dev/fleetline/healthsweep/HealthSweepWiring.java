package dev.fleetline.healthsweep;

import dev.fleetline.alert.JudgeDevice;
import dev.fleetline.claims.Claims;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.Health;
import dev.fleetline.fleetdynamodb.DynamoAlertBook;
import dev.fleetline.fleetdynamodb.DynamoClaims;
import dev.fleetline.fleetdynamodb.DynamoDeviceRegistry;
import dev.fleetline.fleetdynamodb.DynamoOutbox;
import dev.fleetline.fleetdynamodb.Tables;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleeteventseventbridge.EventBridgeFleetEvents;
import dev.fleetline.lambda.AwsAccess;
import dev.fleetline.lambda.Settings;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.lambda.Wired;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/** Names the adapters behind health-sweep's ports. */
@Factory
@Requires(property = Wired.FUNCTION, value = "health-sweep")
final class HealthSweepWiring {

    @Singleton
    HealthSweepConfig config(Settings settings) {
        return HealthSweepConfig.from(settings);
    }

    @Singleton
    @Bean(preDestroy = "close")
    DynamoDbClient dynamo(Surroundings surroundings) {
        return new AwsAccess(surroundings).client(DynamoDbClient.builder(), "DYNAMODB");
    }

    @Singleton
    @Bean(preDestroy = "close")
    EventBridgeClient eventBridge(Surroundings surroundings) {
        return new AwsAccess(surroundings).client(EventBridgeClient.builder(), "EVENTBRIDGE");
    }

    /** A device's ids and its deliveries are nothing to a sweep, so it has no right to their tables. */
    @Singleton
    Tables tables(HealthSweepConfig config) {
        return new Tables(
                config.devicesTable(),
                "",
                "",
                config.alertsTable(),
                config.historyTable(),
                config.outboxTable(),
                config.claimsTable());
    }

    @Singleton
    Announcer announcer(
            DynamoDbClient dynamo,
            Tables tables,
            EventBridgeClient eventBridge,
            HealthSweepConfig config,
            Surroundings surroundings) {
        return new Announcer(
                new DynamoOutbox(dynamo, tables),
                new EventBridgeFleetEvents(eventBridge, config.busName(), surroundings.pause()::of));
    }

    @Singleton
    DeviceRegistry devices(DynamoDbClient dynamo, Tables tables) {
        return new DynamoDeviceRegistry(dynamo, tables);
    }

    @Singleton
    Claims claims(DynamoDbClient dynamo, Tables tables) {
        return new DynamoClaims(dynamo, tables);
    }

    @Singleton
    RateSegment rateSegment(
            DeviceRegistry devices,
            DynamoDbClient dynamo,
            Tables tables,
            Announcer announcer,
            HealthSweepConfig config,
            Surroundings surroundings) {
        Health health = new Health(config.health());
        JudgeDevice judgeDevice = new JudgeDevice(
                devices,
                new DynamoAlertBook(dynamo, tables),
                health,
                announcer,
                "health-sweep",
                config.runbooks(),
                surroundings.clock());
        return new RateSegment(devices, judgeDevice, health, surroundings.clock(), config.pageSize());
    }

    @Singleton
    SweepFleet sweepFleet(RateSegment rateSegment, Claims claims, Announcer announcer, Surroundings surroundings) {
        return new SweepFleet(rateSegment, claims, announcer, surroundings.clock());
    }
}
