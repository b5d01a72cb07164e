package dev.fleetline.onboardingreconciler;

import dev.fleetline.carrier.Carriers;
import dev.fleetline.carrier.Carriers.Platform;
import dev.fleetline.carrier.FreshToken;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.fleetdynamodb.DynamoDeviceHistory;
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
import dev.fleetline.thingspacem2m.ActivationPace;
import dev.fleetline.thingspacem2m.M2mGateway;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenSource;
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
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Names the adapters behind the ports of this function. */
@Factory
@Requires(property = Wired.FUNCTION, value = ReconcilerEvents.MODULE)
final class OnboardingReconcilerWiring {

    private static final Duration KEEP_TOKEN = Duration.ofMinutes(1);

    /** What is to be activated, device-onboarding activates. */
    private static final ActivationPace NOTHING_IS_ACTIVATED_HERE = () -> Optional.of(Duration.ofDays(1));

    @Singleton
    OnboardingReconcilerConfig config(Settings settings) {
        return OnboardingReconcilerConfig.from(settings);
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
    @Bean(preDestroy = "close")
    EventBridgeClient eventBridge(Surroundings surroundings) {
        return new AwsAccess(surroundings).client(EventBridgeClient.builder(), "EVENTBRIDGE");
    }

    @Singleton
    Tables tables(OnboardingReconcilerConfig config) {
        return new Tables(
                config.stores().devices(),
                config.stores().identities(),
                "",
                "",
                config.stores().history(),
                config.stores().outbox(),
                "");
    }

    @Singleton
    DeviceRegistry registry(DynamoDbClient dynamoDb, Tables tables) {
        return new DynamoDeviceRegistry(dynamoDb, tables);
    }

    @Singleton
    Announcer announcer(
            DynamoDbClient dynamoDb,
            Tables tables,
            EventBridgeClient eventBridge,
            OnboardingReconcilerConfig config,
            Surroundings surroundings) {
        return new Announcer(
                new DynamoOutbox(dynamoDb, tables),
                new EventBridgeFleetEvents(eventBridge, config.bus(), surroundings.pause()::of));
    }

    @Singleton
    TokenSource tokens(
            SecretsManagerClient secretsManager, OnboardingReconcilerConfig config, Surroundings surroundings) {
        var secrets = new EnumMap<TokenRealm, String>(TokenRealm.class);
        secrets.put(TokenRealm.CORE, config.platforms().core().tokenSecret());
        config.platforms().m2m().ifPresent(m2m -> secrets.put(TokenRealm.M2M, m2m.tokenSecret()));
        return new CachedTokenSource(
                new SecretsManagerTokenStore(secretsManager, secrets), surroundings.clock(), KEEP_TOKEN);
    }

    @Singleton
    Carriers carriers(
            TokenSource tokens, Announcer announcer, OnboardingReconcilerConfig config, Surroundings surroundings) {
        var platforms = config.platforms();
        var freshToken = new FreshToken(
                ReconcilerEvents.MODULE,
                tokens,
                announcer,
                surroundings.clock(),
                surroundings.pause()::of,
                surroundings.random());
        var named = new HashMap<String, Platform>();
        named.put(
                "core",
                new Platform(new CoreGateway(platforms.core().url(), tokens, platforms.timeout()), TokenRealm.CORE));
        platforms
                .m2m()
                .ifPresent(m2m -> named.put(
                        "m2m",
                        new Platform(
                                new M2mGateway(m2m.url(), tokens, platforms.timeout(), NOTHING_IS_ACTIVATED_HERE),
                                TokenRealm.M2M)));
        return new Carriers(named, freshToken);
    }

    @Singleton
    TakeStep takeStep(DeviceRegistry registry, Announcer announcer) {
        return new TakeStep(registry, announcer);
    }

    @Singleton
    ReconcileWaiting reconcileWaiting(
            DeviceRegistry registry,
            Carriers carriers,
            TakeStep takeStep,
            OnboardingReconcilerConfig config,
            Surroundings surroundings) {
        return new ReconcileWaiting(
                registry,
                carriers,
                new WaitingRules(config.lineActionsPerDay()),
                takeStep,
                surroundings.clock(),
                config.platforms().device());
    }

    @Singleton
    FindDrift findDrift(
            DeviceRegistry registry,
            Carriers carriers,
            TakeStep takeStep,
            OnboardingReconcilerConfig config,
            Surroundings surroundings) {
        return new FindDrift(
                registry,
                carriers,
                takeStep,
                surroundings.clock(),
                config.platforms().device());
    }

    @Singleton
    ServeByHand serveByHand(
            DeviceRegistry registry,
            DynamoDbClient dynamoDb,
            Tables tables,
            Carriers carriers,
            TakeStep takeStep,
            OnboardingReconcilerConfig config,
            Surroundings surroundings) {
        return new ServeByHand(
                registry,
                new DynamoDeviceHistory(dynamoDb, tables),
                new ListOrders(
                        registry, surroundings.clock(), config.platforms().device()),
                carriers,
                new HandRules(config.lineActionsPerDay()),
                takeStep,
                surroundings.clock());
    }
}
