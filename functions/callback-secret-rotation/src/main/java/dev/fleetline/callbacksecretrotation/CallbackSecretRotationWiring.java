package dev.fleetline.callbacksecretrotation;

import dev.fleetline.callbacksecretrotation.CallbackSecretRotationConfig.Platform;
import dev.fleetline.callbacksecretrotation.RotateCallbackSecret.OnThePlatform;
import dev.fleetline.carrier.CarrierStreams;
import dev.fleetline.carrier.FreshToken;
import dev.fleetline.carrier.OurAddresses;
import dev.fleetline.carrier.TargetNames;
import dev.fleetline.fleetdynamodb.DynamoCallbackInbox;
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
import dev.fleetline.thingspacecore.CoreStreams;
import dev.fleetline.thingspacem2m.M2mListeners;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenSource;
import dev.fleetline.tokens.TokenStore;
import dev.fleetline.tokenssecretsmanager.CachedTokenSource;
import dev.fleetline.tokenssecretsmanager.SecretsManagerCallbackSecretVersions;
import dev.fleetline.tokenssecretsmanager.SecretsManagerTokenStore;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Names the adapters of callback-secret-rotation. */
@Factory
@Requires(property = Wired.FUNCTION, value = CallbackSecretRotationHandler.FUNCTION)
final class CallbackSecretRotationWiring {

    private static final Duration KEEP_TOKEN = Duration.ofMinutes(1);

    @Singleton
    CallbackSecretRotationConfig config(Settings settings) {
        return CallbackSecretRotationConfig.from(settings);
    }

    @Singleton
    @Bean(preDestroy = "close")
    DynamoDbClient dynamoDb(Surroundings surroundings) {
        return new AwsAccess(surroundings).client(DynamoDbClient.builder(), "DYNAMODB");
    }

    @Singleton
    @Bean(preDestroy = "close")
    SecretsManagerClient secretsManager(Surroundings surroundings) {
        return new AwsAccess(surroundings).client(SecretsManagerClient.builder(), "SECRETS_MANAGER");
    }

    @Singleton
    TokenStore store(CallbackSecretRotationConfig config, SecretsManagerClient secretsManager) {
        return new SecretsManagerTokenStore(
                secretsManager,
                Map.of(
                        TokenRealm.CORE, config.core().tokenSecret(),
                        TokenRealm.M2M, config.m2m().tokenSecret()));
    }

    @Singleton
    TokenSource tokens(TokenStore store, Surroundings surroundings) {
        return new CachedTokenSource(store, surroundings.clock(), KEEP_TOKEN);
    }

    @Singleton
    CarrierStreams streams(CallbackSecretRotationConfig config, TokenSource tokens) {
        return new CoreStreams(config.core().url(), tokens, config.core().timeout());
    }

    @Singleton
    Tables tables(CallbackSecretRotationConfig config) {
        return new Tables(
                config.kept().devicesTable(),
                "",
                config.kept().callbacksTable(),
                "",
                "",
                config.kept().outboxTable(),
                config.kept().claimsTable());
    }

    @Singleton
    @Bean(preDestroy = "close")
    EventBridgeClient eventBridge(Surroundings surroundings) {
        return new AwsAccess(surroundings).client(EventBridgeClient.builder(), "EVENTBRIDGE");
    }

    @Singleton
    FreshToken freshToken(
            CallbackSecretRotationConfig config,
            TokenSource tokens,
            DynamoDbClient dynamoDb,
            Tables tables,
            EventBridgeClient eventBridge,
            Surroundings surroundings) {
        var announcer = new Announcer(
                new DynamoOutbox(dynamoDb, tables),
                new EventBridgeFleetEvents(eventBridge, config.kept().bus(), surroundings.pause()::of));
        return new FreshToken(
                CallbackSecretRotationHandler.FUNCTION,
                tokens,
                announcer,
                surroundings.clock(),
                surroundings.pause()::of,
                surroundings.random());
    }

    @Singleton
    OnThePlatform onThePlatform(
            CallbackSecretRotationConfig config,
            CarrierStreams streams,
            TokenStore store,
            TokenSource tokens,
            FreshToken freshToken,
            DynamoDbClient dynamoDb,
            Tables tables,
            Surroundings surroundings) {
        Platform m2m = config.m2m();
        var listeners = new M2mListeners(m2m.url(), config.account(), tokens, m2m.timeout());
        var addresses = new OurAddresses(config.callbackHost());
        var names = new TargetNames(new DynamoClaims(dynamoDb, tables), surroundings.clock());
        return new OnThePlatform(
                new StreamMove(streams, addresses, names, freshToken),
                new ListenerChange(listeners, addresses, freshToken),
                () -> store.current(TokenRealm.M2M).token().isPresent(),
                new FillGap(
                        streams,
                        freshToken,
                        new DynamoDeviceRegistry(dynamoDb, tables),
                        new DynamoCallbackInbox(dynamoDb, tables),
                        surroundings.clock(),
                        config.gapDevices()));
    }

    @Singleton
    RotateCallbackSecret rotateCallbackSecret(
            CallbackSecretRotationConfig config,
            OnThePlatform platform,
            SecretsManagerClient secretsManager,
            Surroundings surroundings) {
        return new RotateCallbackSecret(
                new SecretsManagerCallbackSecretVersions(secretsManager, config.callbackSecret()),
                platform,
                new NewValue(surroundings.random()),
                surroundings.clock(),
                surroundings.pause());
    }
}
