package dev.fleetline.deviceonboarding;

import dev.fleetline.carrier.Carriers;
import dev.fleetline.carrier.Carriers.Platform;
import dev.fleetline.carrier.FreshToken;
import dev.fleetline.claims.Claims;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.deviceonboarding.OnboardDevice.Limits;
import dev.fleetline.fleetdynamodb.DynamoClaims;
import dev.fleetline.fleetdynamodb.DynamoDeviceRegistry;
import dev.fleetline.fleetdynamodb.DynamoOutbox;
import dev.fleetline.fleetdynamodb.Tables;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleeteventseventbridge.EventBridgeFleetEvents;
import dev.fleetline.lambda.AwsAccess;
import dev.fleetline.lambda.QueueLoop;
import dev.fleetline.lambda.Settings;
import dev.fleetline.lambda.SqsEdge;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.lambda.Wired;
import dev.fleetline.onboarding.OrderRules;
import dev.fleetline.thingspacecore.CoreGateway;
import dev.fleetline.thingspacem2m.ClaimedPace;
import dev.fleetline.thingspacem2m.M2mGateway;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenSource;
import dev.fleetline.tokenssecretsmanager.CachedTokenSource;
import dev.fleetline.tokenssecretsmanager.SecretsManagerTokenStore;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Names the adapters behind the ports of this function. */
@Factory
@Requires(property = Wired.FUNCTION, value = "device-onboarding")
final class DeviceOnboardingWiring {

    /** Tokens live for weeks, and a refused one is dropped at once. */
    private static final Duration KEEP_TOKEN_FOR = Duration.ofMinutes(5);

    @Singleton
    DeviceOnboardingConfig config(Settings settings) {
        return DeviceOnboardingConfig.from(settings);
    }

    @Singleton
    DynamoDbClient dynamoDb(Surroundings surroundings) {
        return new AwsAccess(surroundings).client(DynamoDbClient.builder(), "DYNAMODB");
    }

    @Singleton
    Tables tables(DeviceOnboardingConfig config) {
        return new Tables(
                config.stores().devices(),
                config.stores().identities(),
                "",
                "",
                config.stores().history(),
                config.stores().outbox(),
                config.stores().claims());
    }

    @Singleton
    DeviceRegistry registry(DynamoDbClient dynamoDb, Tables tables) {
        return new DynamoDeviceRegistry(dynamoDb, tables);
    }

    @Singleton
    Claims claims(DynamoDbClient dynamoDb, Tables tables) {
        return new DynamoClaims(dynamoDb, tables);
    }

    @Singleton
    Announcer announcer(
            DynamoDbClient dynamoDb, Tables tables, Surroundings surroundings, DeviceOnboardingConfig config) {
        EventBridgeClient eventBridge = new AwsAccess(surroundings).client(EventBridgeClient.builder(), "EVENTBRIDGE");
        return new Announcer(
                new DynamoOutbox(dynamoDb, tables),
                new EventBridgeFleetEvents(eventBridge, config.channels().bus(), surroundings.pause()::of));
    }

    @Singleton
    TokenSource tokens(Surroundings surroundings, DeviceOnboardingConfig config) {
        SecretsManagerClient secrets =
                new AwsAccess(surroundings).client(SecretsManagerClient.builder(), "SECRETS_MANAGER");
        Map<TokenRealm, String> names = new EnumMap<>(TokenRealm.class);
        names.put(TokenRealm.CORE, config.platform().core().tokenSecret());
        config.platform().m2m().ifPresent(m2m -> names.put(TokenRealm.M2M, m2m.tokenSecret()));
        return new CachedTokenSource(
                new SecretsManagerTokenStore(secrets, names), surroundings.clock(), KEEP_TOKEN_FOR);
    }

    @Singleton
    Carriers carriers(
            TokenSource tokens,
            Announcer announcer,
            Claims claims,
            Surroundings surroundings,
            DeviceOnboardingConfig config) {
        Duration timeout = config.platform().timeout();
        Map<String, Platform> platforms = new HashMap<>();
        platforms.put(
                "core",
                new Platform(new CoreGateway(config.platform().core().url(), tokens, timeout), TokenRealm.CORE));
        config.platform()
                .m2m()
                .ifPresent(m2m -> platforms.put(
                        "m2m",
                        new Platform(
                                new M2mGateway(
                                        m2m.url(), tokens, timeout, new ClaimedPace(claims, surroundings.clock())),
                                TokenRealm.M2M)));
        return new Carriers(
                platforms,
                new FreshToken(
                        OnboardingEvents.MODULE,
                        tokens,
                        announcer,
                        surroundings.clock(),
                        surroundings.pause()::of,
                        surroundings.random()));
    }

    @Singleton
    QueueLoop loop(Surroundings surroundings, DeviceOnboardingConfig config) {
        return new QueueLoop(new SqsEdge(
                new AwsAccess(surroundings).client(SqsClient.builder(), "SQS"),
                config.channels().queueUrl(),
                config.channels().deadLetterQueueUrl()));
    }

    @Singleton
    TakeOrders takeOrders(
            DeviceRegistry registry,
            Carriers carriers,
            Claims claims,
            Announcer announcer,
            Surroundings surroundings,
            DeviceOnboardingConfig config) {
        return TakeOrders.of(
                new OrderRules(config.orders().defaults(), config.orders().admitted()),
                registry,
                carriers,
                new EndedOrders(claims, surroundings.clock()),
                new Moves(registry, announcer, surroundings.clock()),
                new Limits(config.platform().flight(), config.orders().lineActionsPerDay()));
    }
}
