package dev.fleetline.tokenrefresh;

import dev.fleetline.fleetdynamodb.DynamoClaims;
import dev.fleetline.fleetdynamodb.DynamoOutbox;
import dev.fleetline.fleetdynamodb.Tables;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleeteventseventbridge.EventBridgeFleetEvents;
import dev.fleetline.lambda.AwsAccess;
import dev.fleetline.lambda.Metrics;
import dev.fleetline.lambda.Settings;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.lambda.Wired;
import dev.fleetline.thingspaceoauth.CoreTokenIssuer;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokenssecretsmanager.SecretsManagerClientCredentials;
import dev.fleetline.tokenssecretsmanager.SecretsManagerTokenStore;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Names the adapters of token-refresh. */
@Factory
@Requires(property = Wired.FUNCTION, value = TokenRefreshHandler.FUNCTION)
final class TokenRefreshWiring {

    @Singleton
    TokenRefreshConfig config(Settings settings) {
        return TokenRefreshConfig.from(settings);
    }

    @Singleton
    @Bean(preDestroy = "close")
    DynamoDbClient dynamoDb(Surroundings surroundings) {
        return new AwsAccess(surroundings).client(DynamoDbClient.builder(), "DYNAMODB");
    }

    @Singleton
    @Bean(preDestroy = "close")
    EventBridgeClient eventBridge(Surroundings surroundings) {
        return new AwsAccess(surroundings).client(EventBridgeClient.builder(), "EVENTBRIDGE");
    }

    @Singleton
    @Bean(preDestroy = "close")
    SecretsManagerClient secretsManager(Surroundings surroundings) {
        return new AwsAccess(surroundings).client(SecretsManagerClient.builder(), "SECRETS_MANAGER");
    }

    @Singleton
    Metrics metrics(Surroundings surroundings) {
        return Metrics.of(surroundings);
    }

    @Singleton
    RefreshToken refreshToken(
            TokenRefreshConfig config,
            Surroundings surroundings,
            DynamoDbClient dynamoDb,
            EventBridgeClient eventBridge,
            SecretsManagerClient secretsManager) {
        var tables = new Tables("", "", "", "", "", config.outboxTable(), config.claimsTable());
        var credentials = new SecretsManagerClientCredentials(secretsManager, config.clientSecret());
        return new RefreshToken(
                new SecretsManagerTokenStore(secretsManager, Map.of(TokenRealm.CORE, config.tokenSecret())),
                new CoreTokenIssuer(config.coreUrl(), credentials::read, surroundings.clock(), config.carrierTimeout()),
                new DynamoClaims(dynamoDb, tables),
                new Announcer(
                        new DynamoOutbox(dynamoDb, tables),
                        new EventBridgeFleetEvents(eventBridge, config.busName(), surroundings.pause()::of)),
                surroundings.clock(),
                () -> versionId(surroundings.random()),
                config.renewBefore());
    }

    /** A random UUID (version 4) from the surroundings' chance. */
    private static UUID versionId(RandomGenerator random) {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
