package dev.fleetline.callbacksecretrotation;

import dev.fleetline.callbacksecretrotation.CallbackSecretRotationConfig.Platform;
import dev.fleetline.callbacksecretrotation.RotateCallbackSecret.OnThePlatform;
import dev.fleetline.carrier.CarrierStreams;
import dev.fleetline.fleetdynamodb.DynamoCallbackInbox;
import dev.fleetline.fleetdynamodb.DynamoDeviceRegistry;
import dev.fleetline.fleetdynamodb.Tables;
import dev.fleetline.lambda.AwsAccess;
import dev.fleetline.lambda.Settings;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.lambda.Wired;
import dev.fleetline.thingspacecore.CoreStreams;
import dev.fleetline.thingspacem2m.M2mListeners;
import dev.fleetline.thingspacem2m.M2mTokens;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokenssecretsmanager.CachedTokenSource;
import dev.fleetline.tokenssecretsmanager.SecretsManagerCallbackSecretVersions;
import dev.fleetline.tokenssecretsmanager.SecretsManagerSessionedToken;
import dev.fleetline.tokenssecretsmanager.SecretsManagerSessionedToken.Found;
import dev.fleetline.tokenssecretsmanager.SecretsManagerTokenStore;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
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
    CarrierStreams streams(
            CallbackSecretRotationConfig config, SecretsManagerClient secretsManager, Surroundings surroundings) {
        Platform core = config.core();
        var store = new SecretsManagerTokenStore(secretsManager, Map.of(TokenRealm.CORE, core.tokenSecret()));
        return new CoreStreams(
                core.url(), new CachedTokenSource(store, surroundings.clock(), KEEP_TOKEN), core.timeout());
    }

    @Singleton
    OnThePlatform onThePlatform(
            CallbackSecretRotationConfig config,
            CarrierStreams streams,
            DynamoDbClient dynamoDb,
            SecretsManagerClient secretsManager,
            Surroundings surroundings) {
        Platform m2m = config.m2m();
        var token = new SecretsManagerSessionedToken(secretsManager, m2m.tokenSecret(), surroundings.clock());
        var listeners = new M2mListeners(m2m.url(), config.account(), tokens(token), m2m.timeout());
        var addresses = new OurAddresses(config.callbackHost());
        var tables = new Tables(config.kept().devicesTable(), "", config.kept().callbacksTable(), "", "", "", "");
        return new OnThePlatform(
                new StreamMove(streams, addresses),
                new ListenerChange(listeners, addresses),
                () -> !(token.read() instanceof Found.NotSetUp),
                new FillGap(
                        streams,
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

    /** Nothing is kept, so a refused version needs no forgetting. */
    private static M2mTokens tokens(SecretsManagerSessionedToken token) {
        return new M2mTokens() {
            @Override
            public Usable usable() {
                return switch (token.read()) {
                    case Found.NotSetUp() -> new Usable.None(token.secret(), "none");
                    case Found.Ended(var versionId) -> new Usable.None(token.secret(), versionId);
                    case Found.Token(var versionId, var bearer, var session) ->
                        new Usable.Tokens(token.secret(), versionId, bearer, session);
                };
            }

            @Override
            public void refused(String versionId) {
                // the next call reads anew anyway
            }
        };
    }
}
