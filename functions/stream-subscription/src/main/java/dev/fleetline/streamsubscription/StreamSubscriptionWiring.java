package dev.fleetline.streamsubscription;

import dev.fleetline.callback.CallbackSecretVersions;
import dev.fleetline.callback.Hearing;
import dev.fleetline.callback.SigningKeyBook;
import dev.fleetline.carrier.FreshToken;
import dev.fleetline.carrier.OurAddresses;
import dev.fleetline.carrier.OurStreams;
import dev.fleetline.carrier.SignedListeners;
import dev.fleetline.carrier.TargetNames;
import dev.fleetline.claims.Claims;
import dev.fleetline.fleetdynamodb.DynamoClaims;
import dev.fleetline.fleetdynamodb.DynamoHearing;
import dev.fleetline.fleetdynamodb.DynamoOutbox;
import dev.fleetline.fleetdynamodb.Tables;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetevents.TellState;
import dev.fleetline.fleeteventseventbridge.EventBridgeFleetEvents;
import dev.fleetline.lambda.AwsAccess;
import dev.fleetline.lambda.Settings;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.lambda.Wired;
import dev.fleetline.streamsubscription.KeepSubscribed.OnThePlatform;
import dev.fleetline.streamsubscription.RepairListeners.Callers;
import dev.fleetline.streamsubscription.StreamSubscriptionConfig.From;
import dev.fleetline.thingspacecore.CoreStreams;
import dev.fleetline.thingspacem2m.CloudConnectorStreams;
import dev.fleetline.thingspacem2m.DiagnosticsListeners;
import dev.fleetline.thingspacem2m.LocationListeners;
import dev.fleetline.thingspacem2m.M2mListeners;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenSource;
import dev.fleetline.tokens.TokenStore;
import dev.fleetline.tokenssecretsmanager.CachedTokenSource;
import dev.fleetline.tokenssecretsmanager.SecretsManagerCallbackSecretVersions;
import dev.fleetline.tokenssecretsmanager.SecretsManagerSigningKeyBook;
import dev.fleetline.tokenssecretsmanager.SecretsManagerTokenStore;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Names the adapters of stream-subscription. */
@Factory
@Requires(property = Wired.FUNCTION, value = StreamSubscriptionHandler.FUNCTION)
final class StreamSubscriptionWiring {

    private static final Duration KEEP_TOKEN = Duration.ofMinutes(1);

    @Singleton
    StreamSubscriptionConfig config(Settings settings) {
        return StreamSubscriptionConfig.from(settings);
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
    Tables tables(StreamSubscriptionConfig config) {
        return new Tables(
                "", "", "", "", "", config.kept().outboxTable(), config.kept().claimsTable());
    }

    @Singleton
    Claims claims(DynamoDbClient dynamoDb, Tables tables) {
        return new DynamoClaims(dynamoDb, tables);
    }

    @Singleton
    TokenStore store(StreamSubscriptionConfig config, SecretsManagerClient secretsManager) {
        return new SecretsManagerTokenStore(
                secretsManager,
                Map.of(
                        TokenRealm.CORE, config.worlds().core().tokenSecret(),
                        TokenRealm.M2M, config.worlds().m2m().tokenSecret()));
    }

    @Singleton
    TokenSource tokens(TokenStore store, Surroundings surroundings) {
        return new CachedTokenSource(store, surroundings.clock(), KEEP_TOKEN);
    }

    @Singleton
    Announcer announcer(
            StreamSubscriptionConfig config,
            DynamoDbClient dynamoDb,
            Tables tables,
            EventBridgeClient eventBridge,
            Surroundings surroundings) {
        return new Announcer(
                new DynamoOutbox(dynamoDb, tables),
                new EventBridgeFleetEvents(eventBridge, config.kept().bus(), surroundings.pause()::of));
    }

    @Singleton
    SigningKeyBook keys(StreamSubscriptionConfig config, SecretsManagerClient secretsManager) {
        return new SecretsManagerSigningKeyBook(secretsManager, config.secrets().signingKeys());
    }

    @Singleton
    OnThePlatform onThePlatform(
            StreamSubscriptionConfig config,
            TokenStore store,
            TokenSource tokens,
            SigningKeyBook keys,
            Hearing hearing,
            Claims claims,
            Announcer announcer,
            Surroundings surroundings) {
        var worlds = config.worlds();
        var freshToken = new FreshToken(
                StreamSubscriptionHandler.FUNCTION,
                tokens,
                announcer,
                surroundings.clock(),
                surroundings.pause()::of,
                surroundings.random());
        var addresses = new OurAddresses(config.callbackHost());
        var ours = new OurStreams(addresses);
        var names = new TargetNames(claims, surroundings.clock());
        var core = new RepairStreams(
                new RepairStreams.Platform(
                        "core", TokenRealm.CORE, new CoreStreams(worlds.core().url(), tokens, worlds.timeout())),
                ours,
                names,
                freshToken,
                surroundings.pause()::of);
        var cloudConnector = new RepairStreams(
                new RepairStreams.Platform(
                        "cloud-connector",
                        TokenRealm.M2M,
                        new CloudConnectorStreams(worlds.m2m().url(), worlds.account(), tokens, worlds.timeout())),
                ours,
                names,
                freshToken,
                surroundings.pause()::of);
        boolean isCore = config.from() == From.CORE;
        return new OnThePlatform(
                isCore ? core : cloudConnector,
                List.of(isCore ? cloudConnector : core),
                callers(config, tokens, keys).stream()
                        .map(one -> new RepairListeners(one, addresses, freshToken, hearing, surroundings.pause()::of))
                        .toList(),
                ours,
                realm -> store.current(realm).token().isPresent());
    }

    private static List<Callers> callers(StreamSubscriptionConfig config, TokenSource tokens, SigningKeyBook keys) {
        var worlds = config.worlds();
        URI m2m = worlds.m2m().url();
        String account = worlds.account();
        var byLogin = new M2mListeners(m2m, account, tokens, worlds.timeout());
        return List.of(
                new Callers("listeners", config.frame().services(), new LoginDesk(byLogin)),
                signing(
                        "diagnostics",
                        new DiagnosticsListeners(m2m, account, tokens, worlds.timeout(), worlds.keyHeader()),
                        config,
                        keys),
                signing(
                        "location",
                        new LocationListeners(m2m, account, tokens, worlds.timeout(), worlds.keyHeader()),
                        config,
                        keys));
    }

    private static Callers signing(
            String part, SignedListeners listeners, StreamSubscriptionConfig config, SigningKeyBook keys) {
        List<String> services = config.frame().signers().stream()
                .filter(listeners.services()::contains)
                .toList();
        return new Callers(part, services, new SignatureDesk(listeners, keys));
    }

    @Singleton
    Hearing hearing(DynamoDbClient dynamoDb, Tables tables) {
        return new DynamoHearing(dynamoDb, tables);
    }

    @Singleton
    TornDown tornDown(StreamSubscriptionConfig config, Claims claims, Hearing hearing, Surroundings surroundings) {
        return new TornDown(claims, hearing, config.frame().sources(), surroundings.clock());
    }

    @Singleton
    CallbackSecretVersions callbackSecret(StreamSubscriptionConfig config, SecretsManagerClient secretsManager) {
        return new SecretsManagerCallbackSecretVersions(
                secretsManager, config.secrets().callback());
    }

    @Singleton
    KeepSubscribed keepSubscribed(
            StreamSubscriptionConfig config,
            OnThePlatform platform,
            CallbackSecretVersions versions,
            TornDown tornDown,
            Hearing hearing,
            Claims claims,
            Surroundings surroundings) {
        return new KeepSubscribed(
                platform,
                () -> WantedSetup.of(config.frame(), versions),
                tornDown,
                hearing,
                claims,
                surroundings.clock());
    }

    @Singleton
    WatchStreams watchStreams(
            StreamSubscriptionConfig config,
            OnThePlatform platform,
            CallbackSecretVersions versions,
            TornDown tornDown,
            Hearing hearing,
            Claims claims,
            Announcer announcer,
            Surroundings surroundings) {
        return new WatchStreams(
                platform,
                config.frame(),
                () -> WantedSetup.of(config.frame(), versions),
                tornDown,
                hearing,
                new TellState(StreamSubscriptionHandler.FUNCTION, claims, announcer),
                new LastMended(claims),
                new ToldStreams(claims),
                config.silentAfter(),
                surroundings.clock());
    }
}
