package dev.fleetline.healthsweep;

import dev.fleetline.carrier.Carriers;
import dev.fleetline.carrier.Carriers.Platform;
import dev.fleetline.carrier.FreshToken;
import dev.fleetline.filess3.S3FileStore;
import dev.fleetline.fleetdynamodb.DynamoAlertBook;
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
import dev.fleetline.thingspacecore.CoreGateway;
import dev.fleetline.thingspacecore.CoreStreams;
import dev.fleetline.thingspacem2m.ActivationPace;
import dev.fleetline.thingspacem2m.M2mGateway;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenSource;
import dev.fleetline.tokens.TokenStore;
import dev.fleetline.tokenssecretsmanager.CachedTokenSource;
import dev.fleetline.tokenssecretsmanager.SecretsManagerTokenStore;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Names the adapters behind health-sweep's ports. */
@Factory
@Requires(property = Wired.FUNCTION, value = HealthSweepWiring.MODULE)
final class HealthSweepWiring {

    static final String MODULE = "health-sweep";

    private static final Duration KEEP_TOKEN = Duration.ofMinutes(1);

    /** Nothing is activated here. */
    private static final ActivationPace NO_ACTIVATION = () -> Optional.of(Duration.ofDays(1));

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

    @Singleton
    @Bean(preDestroy = "close")
    SecretsManagerClient secretsManager(Surroundings surroundings) {
        return new AwsAccess(surroundings).client(SecretsManagerClient.builder(), "SECRETS_MANAGER");
    }

    @Singleton
    @Bean(preDestroy = "close")
    S3Client s3(Surroundings surroundings) {
        return new AwsAccess(surroundings).client(S3FileStore.plainly(S3Client.builder()), "S3");
    }

    /** A device's ids are nothing to a sweep, so it has no right to their table. */
    @Singleton
    Tables tables(HealthSweepConfig config) {
        var stores = config.stores();
        return new Tables(
                stores.devices(),
                "",
                stores.callbacks(),
                stores.alerts(),
                stores.history(),
                stores.outbox(),
                stores.claims());
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
    TokenStore tokenStore(SecretsManagerClient secretsManager, HealthSweepConfig config) {
        var secrets = new EnumMap<TokenRealm, String>(TokenRealm.class);
        secrets.put(TokenRealm.CORE, config.platforms().core().tokenSecret());
        config.platforms().m2m().ifPresent(m2m -> secrets.put(TokenRealm.M2M, m2m.tokenSecret()));
        return new SecretsManagerTokenStore(secretsManager, secrets);
    }

    @Singleton
    TokenSource tokens(TokenStore tokenStore, Surroundings surroundings) {
        return new CachedTokenSource(tokenStore, surroundings.clock(), KEEP_TOKEN);
    }

    @Singleton
    FreshToken freshToken(TokenSource tokens, Announcer announcer, Surroundings surroundings) {
        return new FreshToken(
                MODULE, tokens, announcer, surroundings.clock(), surroundings.pause()::of, surroundings.random());
    }

    @Singleton
    Carriers carriers(TokenSource tokens, FreshToken freshToken, HealthSweepConfig config) {
        var platforms = config.platforms();
        var named = new HashMap<String, Platform>();
        named.put(
                "core",
                new Platform(new CoreGateway(platforms.core().url(), tokens, platforms.timeout()), TokenRealm.CORE));
        platforms
                .m2m()
                .ifPresent(m2m -> named.put(
                        "m2m",
                        new Platform(
                                new M2mGateway(m2m.url(), tokens, platforms.timeout(), NO_ACTIVATION),
                                TokenRealm.M2M)));
        return new Carriers(named, freshToken);
    }

    @Singleton
    SweepPasses.Stores stores(
            DynamoDbClient dynamo, Tables tables, S3Client s3, Announcer announcer, HealthSweepConfig config) {
        return new SweepPasses.Stores(
                new DynamoDeviceRegistry(dynamo, tables),
                new DynamoAlertBook(dynamo, tables),
                new DynamoCallbackInbox(dynamo, tables),
                new DynamoClaims(dynamo, tables),
                new S3FileStore(s3, config.stores().filesBucket()),
                announcer);
    }

    @Singleton
    SweepPasses.World world(
            Carriers carriers,
            TokenStore tokenStore,
            TokenSource tokens,
            FreshToken freshToken,
            HealthSweepConfig config) {
        var platforms = config.platforms();
        Set<TokenRealm> realms =
                platforms.m2m().isPresent() ? Set.of(TokenRealm.CORE, TokenRealm.M2M) : Set.of(TokenRealm.CORE);
        var streams = new CoreStreams(platforms.core().url(), tokens, platforms.timeout());
        return new SweepPasses.World(carriers, streams, tokenStore, realms, freshToken);
    }

    @Singleton
    RunPass runPass(
            SweepPasses.Stores stores, SweepPasses.World world, HealthSweepConfig config, Surroundings surroundings) {
        var manners = config.manners();
        return SweepPasses.assembled(
                stores,
                world,
                new SweepPasses.Terms(
                        config.health(),
                        config.account(),
                        config.runbooks(),
                        config.streams(),
                        manners.pageSize(),
                        manners.segments(),
                        manners.verifyAtMost(),
                        config.platforms().timeout()),
                surroundings.clock());
    }
}
