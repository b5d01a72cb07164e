package dev.fleetline.outboxrelay;

import dev.fleetline.fleetdynamodb.DynamoOutbox;
import dev.fleetline.fleetdynamodb.Tables;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetevents.Outbox;
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

/** Names the adapters behind outbox-relay's ports. */
@Factory
@Requires(property = Wired.FUNCTION, value = "outbox-relay")
final class OutboxRelayWiring {

    @Singleton
    OutboxRelayConfig config(Settings settings) {
        return OutboxRelayConfig.from(settings);
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

    /** The outbox is all it has a right to. */
    @Singleton
    Outbox outbox(DynamoDbClient dynamo, OutboxRelayConfig config) {
        return new DynamoOutbox(dynamo, new Tables("", "", "", "", "", config.outboxTable(), ""));
    }

    @Singleton
    RelayEvents relayEvents(
            Outbox outbox, EventBridgeClient eventBridge, OutboxRelayConfig config, Surroundings surroundings) {
        var bus = new EventBridgeFleetEvents(eventBridge, config.busName(), surroundings.pause()::of);
        return new RelayEvents(outbox, new Announcer(outbox, bus), surroundings.clock());
    }
}
