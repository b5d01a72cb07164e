package dev.fleetline.alertdesk;

import dev.fleetline.alert.AlertBook;
import dev.fleetline.alert.AlertSettings;
import dev.fleetline.alert.TendAlert;
import dev.fleetline.alertlinks.AlertLinks;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.Health;
import dev.fleetline.fleetdynamodb.DynamoAlertBook;
import dev.fleetline.fleetdynamodb.DynamoDeviceRegistry;
import dev.fleetline.fleetdynamodb.DynamoOutbox;
import dev.fleetline.fleetdynamodb.Tables;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleeteventseventbridge.EventBridgeFleetEvents;
import dev.fleetline.lambda.AwsAccess;
import dev.fleetline.lambda.Settings;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.lambda.Wired;
import dev.fleetline.tokenssecretsmanager.SecretsManagerLinkKeys;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Names the adapters behind alert-desk's ports. */
@Factory
@Requires(property = Wired.FUNCTION, value = AlertDeskHandler.FUNCTION)
final class AlertDeskWiring {

    @Singleton
    AlertDeskConfig config(Settings settings) {
        return AlertDeskConfig.from(settings);
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

    @Singleton
    @Bean(preDestroy = "close")
    SecretsManagerClient secrets(Surroundings surroundings) {
        return new AwsAccess(surroundings).client(SecretsManagerClient.builder(), "SECRETS_MANAGER");
    }

    @Singleton
    Tables tables(AlertDeskConfig config) {
        AlertDeskConfig.Stores stores = config.stores();
        return new Tables(stores.devices(), "", "", stores.alerts(), stores.history(), stores.outbox(), "");
    }

    @Singleton
    AlertBook alerts(DynamoDbClient dynamo, Tables tables) {
        return new DynamoAlertBook(dynamo, tables);
    }

    @Singleton
    DeviceRegistry devices(DynamoDbClient dynamo, Tables tables) {
        return new DynamoDeviceRegistry(dynamo, tables);
    }

    @Singleton
    TendAlert tendAlert(
            DeviceRegistry devices,
            AlertBook alerts,
            DynamoDbClient dynamo,
            Tables tables,
            EventBridgeClient eventBridge,
            AlertDeskConfig config,
            Surroundings surroundings) {
        return new TendAlert(
                devices,
                alerts,
                new Health(config.health()),
                AlertSettings.of(config.health().ofFleet()),
                new Announcer(
                        new DynamoOutbox(dynamo, tables),
                        new EventBridgeFleetEvents(eventBridge, config.busName(), surroundings.pause()::of)),
                config.account(),
                AlertDeskHandler.FUNCTION,
                config.runbooks(),
                surroundings.clock());
    }

    @Singleton
    ByLogin byLogin(AlertBook alerts, TendAlert tendAlert, Surroundings surroundings) {
        return new ByLogin(alerts, tendAlert, surroundings.clock());
    }

    @Singleton
    ByLink byLink(
            SecretsManagerClient secrets,
            AlertDeskConfig config,
            AlertBook alerts,
            DeviceRegistry devices,
            TendAlert tendAlert,
            Surroundings surroundings) {
        return new ByLink(
                new AlertLinks(new SecretsManagerLinkKeys(secrets, config.linksSecret(), surroundings.clock())),
                new FindAlert(alerts, devices),
                tendAlert,
                surroundings.clock());
    }
}
