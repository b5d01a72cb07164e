package dev.fleetline.healthsweep;

import dev.fleetline.alert.AlertBook;
import dev.fleetline.alert.AlertSettings;
import dev.fleetline.alert.JudgeDevice;
import dev.fleetline.alert.TellReleased;
import dev.fleetline.alert.TellTogether;
import dev.fleetline.carrier.CarrierGateway;
import dev.fleetline.carrier.Carriers;
import dev.fleetline.carrier.Carriers.Platform;
import dev.fleetline.carrier.FreshToken;
import dev.fleetline.claims.Claims;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.Health;
import dev.fleetline.filess3.S3FileStore;
import dev.fleetline.fleetdynamodb.DynamoAlertBook;
import dev.fleetline.fleetdynamodb.DynamoCallbackInbox;
import dev.fleetline.fleetdynamodb.DynamoClaims;
import dev.fleetline.fleetdynamodb.DynamoDeviceRegistry;
import dev.fleetline.fleetdynamodb.DynamoOutbox;
import dev.fleetline.fleetdynamodb.Tables;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetevents.TellState;
import dev.fleetline.fleeteventseventbridge.EventBridgeFleetEvents;
import dev.fleetline.lambda.AwsAccess;
import dev.fleetline.lambda.Settings;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.lambda.Wired;
import dev.fleetline.sweepfiles.SweepFiles;
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

    /** What is left of an invocation for the steps after rating what is due: half of the shortest that makes sense. */
    private static final Duration FOR_THE_OTHER_STEPS = Duration.ofMinutes(4);

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
    DeviceRegistry devices(DynamoDbClient dynamo, Tables tables) {
        return new DynamoDeviceRegistry(dynamo, tables);
    }

    @Singleton
    AlertBook alerts(DynamoDbClient dynamo, Tables tables) {
        return new DynamoAlertBook(dynamo, tables);
    }

    @Singleton
    Claims claims(DynamoDbClient dynamo, Tables tables) {
        return new DynamoClaims(dynamo, tables);
    }

    @Singleton
    Health health(HealthSweepConfig config) {
        return new Health(config.health());
    }

    @Singleton
    Books books(S3Client s3, HealthSweepConfig config) {
        return Books.of(new SweepFiles(new S3FileStore(s3, config.stores().filesBucket())));
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
    JudgeDevice judgeDevice(
            DeviceRegistry devices,
            AlertBook alerts,
            Health health,
            Announcer announcer,
            HealthSweepConfig config,
            Surroundings surroundings) {
        return new JudgeDevice(devices, alerts, health, announcer, MODULE, config.runbooks(), surroundings.clock());
    }

    @Singleton
    TellTogether tellTogether(
            AlertBook alerts, Announcer announcer, HealthSweepConfig config, Surroundings surroundings) {
        return new TellTogether(
                alerts,
                AlertSettings.of(config.health().ofFleet()),
                announcer,
                config.account(),
                MODULE,
                config.runbooks(),
                surroundings.clock());
    }

    @Singleton
    RateDevices rateDevices(
            DeviceRegistry devices,
            AlertBook alerts,
            JudgeDevice judgeDevice,
            Health health,
            Books books,
            Surroundings surroundings) {
        return new RateDevices(devices, alerts, judgeDevice, health, books.files(), surroundings.clock());
    }

    @Singleton
    RateSegment rateSegment(
            DeviceRegistry devices,
            RateDevices rateDevices,
            Books books,
            HealthSweepConfig config,
            Surroundings surroundings) {
        return new RateSegment(
                devices,
                rateDevices,
                books.faults(),
                surroundings.clock(),
                config.manners().pageSize());
    }

    @Singleton
    RateOverdue rateOverdue(
            DeviceRegistry devices, AlertBook alerts, RateDevices rateDevices, Books books, Surroundings surroundings) {
        return new RateOverdue(devices, alerts, rateDevices, books, surroundings.clock(), FOR_THE_OTHER_STEPS);
    }

    @Singleton
    LookAtPlatform lookAtPlatform(
            TokenStore tokenStore,
            Claims claims,
            Announcer announcer,
            TellTogether tellTogether,
            Books books,
            HealthSweepConfig config,
            Surroundings surroundings) {
        Set<TokenRealm> realms = config.platforms().m2m().isPresent()
                ? Set.of(TokenRealm.CORE, TokenRealm.M2M)
                : Set.of(TokenRealm.CORE);
        return new LookAtPlatform(
                tokenStore,
                realms,
                new TellState(MODULE, claims, announcer),
                config.streams(),
                books.faults(),
                tellTogether,
                surroundings.clock());
    }

    @Singleton
    VerifyLosses verifyLosses(
            DeviceRegistry devices,
            Carriers carriers,
            TokenSource tokens,
            FreshToken freshToken,
            Claims claims,
            DynamoDbClient dynamo,
            Tables tables,
            Books books,
            HealthSweepConfig config,
            Surroundings surroundings) {
        var platforms = config.platforms();
        CarrierGateway core = carriers.named("core").orElseThrow();
        var streams = new CoreStreams(platforms.core().url(), tokens, platforms.timeout());
        int most = config.manners().verifyAtMost();
        return new VerifyLosses(
                books.files(),
                devices,
                carriers,
                () -> new AskCore(
                        core,
                        streams,
                        freshToken,
                        new DynamoCallbackInbox(dynamo, tables),
                        claims,
                        surroundings.clock(),
                        most),
                claims,
                surroundings.clock(),
                most,
                platforms.timeout().multipliedBy(3));
    }

    @Singleton
    ConcludePass concludePass(
            DeviceRegistry devices,
            AlertBook alerts,
            JudgeDevice judgeDevice,
            TellTogether tellTogether,
            Health health,
            Announcer announcer,
            Books books,
            Surroundings surroundings) {
        return new ConcludePass(
                devices,
                judgeDevice,
                new TellReleased(alerts, judgeDevice),
                new TellGroups(alerts, tellTogether, books, surroundings.clock()),
                health,
                announcer,
                books,
                surroundings.clock());
    }

    @Singleton
    RunPass runPass(
            RateSegment rateSegment,
            RateOverdue rateOverdue,
            LookAtPlatform lookAtPlatform,
            VerifyLosses verifyLosses,
            ConcludePass concludePass,
            Books books,
            Claims claims,
            HealthSweepConfig config,
            Surroundings surroundings) {
        return new RunPass(
                new RunPass.Steps(rateSegment, rateOverdue, lookAtPlatform, verifyLosses, concludePass),
                books,
                claims,
                surroundings.clock(),
                config.manners().segments());
    }
}
