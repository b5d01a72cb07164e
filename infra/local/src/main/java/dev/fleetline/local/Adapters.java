package dev.fleetline.local;

import dev.fleetline.carrier.CallbackListeners;
import dev.fleetline.fleetdynamodb.DynamoAlertBook;
import dev.fleetline.fleetdynamodb.DynamoCallbackInbox;
import dev.fleetline.fleetdynamodb.DynamoDeviceRegistry;
import dev.fleetline.fleetdynamodb.Tables;
import dev.fleetline.local.functions.HostedFunctions;
import dev.fleetline.thingspacecore.CoreStreams;
import dev.fleetline.thingspacem2m.M2mListeners;
import dev.fleetline.thingspaceoauth.CoreTokenIssuer;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenSource;
import dev.fleetline.tokens.TokenStore;
import dev.fleetline.tokenssecretsmanager.CachedTokenSource;
import dev.fleetline.tokenssecretsmanager.SecretsManagerClientCredentials;
import dev.fleetline.tokenssecretsmanager.SecretsManagerTokenStore;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** The adapters that the runner itself uses, set as the functions are. */
final class Adapters {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final LocalAws aws;
    private final HostedFunctions functions;
    private final InstantSource clock;

    Adapters(LocalAws aws, HostedFunctions functions, InstantSource clock) {
        this.aws = aws;
        this.functions = functions;
        this.clock = clock;
    }

    /** Counts what is stored. */
    Tally tally(FleetView view) {
        return new Tally(view, aws.dynamo().client(), setting("HISTORY_TABLE"));
    }

    /** Reads what is stored. */
    FleetView view() {
        var tables = new Tables(
                setting("DEVICES_TABLE"),
                setting("IDENTITIES_TABLE"),
                setting("CALLBACKS_TABLE"),
                setting("ALERTS_TABLE"),
                setting("HISTORY_TABLE"),
                setting("OUTBOX_TABLE"),
                setting("CLAIMS_TABLE"));
        return new FleetView(
                new DynamoDeviceRegistry(aws.dynamo().client(), tables),
                new DynamoAlertBook(aws.dynamo().client(), tables),
                aws.dynamo().client(),
                tables.callbacks(),
                DynamoCallbackInbox::fromStream);
    }

    /** Reaches the platform. */
    Platform.Adapters platform() {
        URI core = URI.create(setting("THINGSPACE_CORE_URL"));
        TokenStore store = tokens();
        var credentials = new SecretsManagerClientCredentials(aws.secretsClient(), setting("CORE_CLIENT_SECRET"));
        return new Platform.Adapters(
                new CoreTokenIssuer(core, credentials::read, clock, TIMEOUT),
                store,
                new CoreStreams(core, fresh(store), TIMEOUT));
    }

    /** Has services of the platform call back. */
    CallbackListeners listeners() {
        return new M2mListeners(
                URI.create(setting("THINGSPACE_M2M_URL")), setting("ACCOUNT"), fresh(tokens()), TIMEOUT);
    }

    private TokenStore tokens() {
        return new SecretsManagerTokenStore(
                aws.secretsClient(),
                Map.of(
                        TokenRealm.CORE, setting("CORE_TOKEN_SECRET"),
                        TokenRealm.M2M, setting("M2M_TOKEN_SECRET"),
                        TokenRealm.EDGE, setting("EDGE_TOKEN_SECRET")));
    }

    /** Hardly anything is kept: what the runner asks for it asks for once. */
    private TokenSource fresh(TokenStore store) {
        return new CachedTokenSource(store, clock, Duration.ofNanos(1));
    }

    private String setting(String name) {
        return functions
                .setting(name)
                .orElseThrow(() -> new IllegalStateException("no function in template.yaml has the setting " + name
                        + ", which tells the runner where to look"));
    }
}
