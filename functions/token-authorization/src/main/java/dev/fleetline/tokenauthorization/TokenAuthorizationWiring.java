package dev.fleetline.tokenauthorization;

import dev.fleetline.claims.Claims;
import dev.fleetline.fleetdynamodb.DynamoClaims;
import dev.fleetline.fleetdynamodb.DynamoOutbox;
import dev.fleetline.fleetdynamodb.Tables;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetevents.NewTokenNews;
import dev.fleetline.fleetevents.TellOnce;
import dev.fleetline.fleeteventseventbridge.EventBridgeFleetEvents;
import dev.fleetline.lambda.AwsAccess;
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

/** Names the adapters of token-authorization. */
@Factory
@Requires(property = Wired.FUNCTION, value = TokenAuthorizationHandler.FUNCTION)
final class TokenAuthorizationWiring {

    @Singleton
    TokenAuthorizationConfig config(Settings settings) {
        return TokenAuthorizationConfig.from(settings);
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
    Tables tables(TokenAuthorizationConfig config) {
        return new Tables("", "", "", "", "", config.outboxTable(), config.claimsTable());
    }

    @Singleton
    Claims claims(DynamoDbClient dynamoDb, Tables tables) {
        return new DynamoClaims(dynamoDb, tables);
    }

    @Singleton
    SecretsManagerClientCredentials credentials(TokenAuthorizationConfig config, SecretsManagerClient secretsManager) {
        return new SecretsManagerClientCredentials(secretsManager, config.clientSecret());
    }

    @Singleton
    Application application(TokenAuthorizationConfig config, SecretsManagerClientCredentials credentials) {
        return new Application(config.clientSecret(), credentials::read);
    }

    @Singleton
    CoreTokenIssuer issuer(
            TokenAuthorizationConfig config, SecretsManagerClientCredentials credentials, Surroundings surroundings) {
        return new CoreTokenIssuer(config.coreUrl(), credentials::read, surroundings.clock(), config.carrierTimeout());
    }

    @Singleton
    AskForConsent askForConsent(
            TokenAuthorizationConfig config,
            Application application,
            CoreTokenIssuer issuer,
            Claims claims,
            Surroundings surroundings) {
        return new AskForConsent(
                application,
                issuer::authorizationLink,
                claims,
                surroundings.clock(),
                surroundings.random(),
                config.scopes());
    }

    @Singleton
    NewTokenNews news(
            TokenAuthorizationConfig config,
            Claims claims,
            DynamoDbClient dynamoDb,
            Tables tables,
            EventBridgeClient eventBridge,
            Surroundings surroundings) {
        return new NewTokenNews(new TellOnce(
                TokenAuthorizationHandler.FUNCTION,
                claims,
                new Announcer(
                        new DynamoOutbox(dynamoDb, tables),
                        new EventBridgeFleetEvents(eventBridge, config.busName(), surroundings.pause()::of))));
    }

    @Singleton
    TakeToken takeToken(
            TokenAuthorizationConfig config,
            Application application,
            Claims claims,
            CoreTokenIssuer issuer,
            SecretsManagerClient secretsManager,
            NewTokenNews news,
            Surroundings surroundings) {
        return new TakeToken(
                application,
                claims,
                issuer,
                new SecretsManagerTokenStore(secretsManager, Map.of(TokenRealm.CORE, config.tokenSecret())),
                news,
                surroundings.clock(),
                () -> versionId(surroundings.random()),
                config.scopes());
    }

    /** A random UUID (version 4) from the surroundings' chance. */
    private static UUID versionId(RandomGenerator random) {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
