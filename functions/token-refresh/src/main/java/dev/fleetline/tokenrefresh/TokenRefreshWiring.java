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
import dev.fleetline.thingspaceoauth.CoreTokenProof;
import dev.fleetline.thingspaceoauth.EdgeTokens;
import dev.fleetline.thingspaceoauth.M2mSessions;
import dev.fleetline.thingspaceoauth.M2mTokenIssuer;
import dev.fleetline.tokenrefresh.TokenRefreshConfig.Edge;
import dev.fleetline.tokenrefresh.TokenRefreshConfig.M2m;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokenssecretsmanager.SecretsManagerClientCredentials;
import dev.fleetline.tokenssecretsmanager.SecretsManagerTokenStore;
import dev.fleetline.tokenssecretsmanager.SecretsManagerUserCredentials;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
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
    SecretsManagerTokenStore store(TokenRefreshConfig config, SecretsManagerClient secretsManager) {
        return new SecretsManagerTokenStore(
                secretsManager,
                Map.of(
                        TokenRealm.CORE, config.core().tokenSecret(),
                        TokenRealm.M2M, config.m2m().tokenSecret(),
                        TokenRealm.EDGE, config.edge().tokenSecret()));
    }

    @Singleton
    DynamoClaims claims(TokenRefreshConfig config, DynamoDbClient dynamoDb) {
        return new DynamoClaims(dynamoDb, tables(config));
    }

    @Singleton
    RealmDesks desks(TokenRefreshConfig config, Surroundings surroundings, SecretsManagerClient secretsManager) {
        return new RealmDesks(Map.of(
                TokenRealm.CORE, core(config, surroundings, secretsManager),
                TokenRealm.M2M, m2m(config, surroundings, secretsManager),
                TokenRealm.EDGE, edge(config, surroundings, secretsManager)));
    }

    @Singleton
    RefreshToken refreshToken(
            TokenRefreshConfig config,
            Surroundings surroundings,
            Adapters adapters,
            DynamoDbClient dynamoDb,
            EventBridgeClient eventBridge) {
        return new RefreshToken(
                adapters.store(),
                adapters.desks(),
                adapters.claims(),
                new Announcer(
                        new DynamoOutbox(dynamoDb, tables(config)),
                        new EventBridgeFleetEvents(eventBridge, config.busName(), surroundings.pause()::of)),
                surroundings.clock(),
                () -> versionId(surroundings.random()));
    }

    @Singleton
    Adapters adapters(SecretsManagerTokenStore store, DynamoClaims claims, RealmDesks desks) {
        return new Adapters(store, claims, desks);
    }

    /** What both use cases share. */
    record Adapters(SecretsManagerTokenStore store, DynamoClaims claims, RealmDesks desks) {}

    @Singleton
    EveryRealm everyRealm(
            TokenRefreshConfig config,
            Surroundings surroundings,
            Adapters adapters,
            RefreshToken refreshToken,
            Metrics metrics) {
        Optional<RevokeReplaced> revokeReplaced = config.core().revokesReplaced()
                ? Optional.of(new RevokeReplaced(adapters.store(), adapters.claims(), surroundings.clock()))
                : Optional.empty();
        return new EveryRealm(refreshToken, adapters.desks(), revokeReplaced, metrics);
    }

    private static RealmDesk core(
            TokenRefreshConfig config, Surroundings surroundings, SecretsManagerClient secretsManager) {
        var credentials = new SecretsManagerClientCredentials(
                secretsManager, config.core().clientSecret());
        var issuer = new CoreTokenIssuer(
                config.core().url(), credentials::read, surroundings.clock(), config.carrierTimeout());
        // always in use: Core is what Fleetline is for, and until somebody has authorised it that is said
        return new RealmDesk(
                issuer,
                new CoreTokenProof(issuer),
                Optional.empty(),
                () -> true,
                config.core().renewBefore());
    }

    private static RealmDesk m2m(
            TokenRefreshConfig config, Surroundings surroundings, SecretsManagerClient secretsManager) {
        M2m m2m = config.m2m();
        var credentials = new SecretsManagerClientCredentials(secretsManager, m2m.clientSecret());
        var user = new SecretsManagerUserCredentials(secretsManager, m2m.userSecret());
        var sessions = new M2mSessions(m2m.url(), m2m.account(), user::read, config.carrierTimeout());
        return new RealmDesk(
                new M2mTokenIssuer(m2m.url(), credentials::read, surroundings.clock(), config.carrierTimeout()),
                sessions,
                Optional.of(sessions),
                credentials::isFilledIn,
                TokenRealm.M2M.rules().renewBefore());
    }

    private static RealmDesk edge(
            TokenRefreshConfig config, Surroundings surroundings, SecretsManagerClient secretsManager) {
        Edge edge = config.edge();
        var credentials = new SecretsManagerClientCredentials(secretsManager, edge.clientSecret());
        var tokens = new EdgeTokens(
                edge.url(), credentials::read, edge.access(), surroundings.clock(), config.carrierTimeout());
        return new RealmDesk(
                tokens,
                tokens,
                Optional.empty(),
                credentials::isFilledIn,
                TokenRealm.EDGE.rules().renewBefore());
    }

    private static Tables tables(TokenRefreshConfig config) {
        return new Tables("", "", "", "", "", config.outboxTable(), config.claimsTable());
    }

    /** A random UUID (version 4) from the surroundings' chance. */
    private static UUID versionId(RandomGenerator random) {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
