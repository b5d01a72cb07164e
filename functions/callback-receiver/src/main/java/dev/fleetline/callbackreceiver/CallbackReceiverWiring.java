package dev.fleetline.callbackreceiver;

import dev.fleetline.callback.CallbackInbox;
import dev.fleetline.callback.CallbackKeys;
import dev.fleetline.callback.SigningKeys;
import dev.fleetline.fleetdynamodb.DynamoCallbackInbox;
import dev.fleetline.fleetdynamodb.Tables;
import dev.fleetline.lambda.AwsAccess;
import dev.fleetline.lambda.Settings;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.lambda.Wired;
import dev.fleetline.tokenssecretsmanager.SecretsManagerCallbackKeys;
import dev.fleetline.tokenssecretsmanager.SecretsManagerSigningKeys;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Names the adapters behind callback-receiver's ports. */
@Factory
@Requires(property = Wired.FUNCTION, value = "callback-receiver")
final class CallbackReceiverWiring {

    /** For the answer to one try: the platform itself waits for some 4 seconds, and then sends again. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @Singleton
    CallbackReceiverConfig config(Settings settings) {
        return CallbackReceiverConfig.from(settings);
    }

    @Singleton
    CallbackInbox inbox(CallbackReceiverConfig config, Surroundings surroundings) {
        var dynamo = new AwsAccess(surroundings).client(DynamoDbClient.builder(), "DYNAMODB", PATIENCE);
        return new DynamoCallbackInbox(dynamo, new Tables("", "", config.callbacksTable(), "", "", "", ""));
    }

    @Singleton
    SecretsManagerClient secrets(Surroundings surroundings) {
        return new AwsAccess(surroundings).client(SecretsManagerClient.builder(), "SECRETS_MANAGER", PATIENCE);
    }

    @Singleton
    CallbackKeys keys(CallbackReceiverConfig config, SecretsManagerClient secrets, Surroundings surroundings) {
        return new SecretsManagerCallbackKeys(secrets, config.callbackSecret(), surroundings.clock());
    }

    @Singleton
    SigningKeys signingKeys(CallbackReceiverConfig config, SecretsManagerClient secrets, Surroundings surroundings) {
        return new SecretsManagerSigningKeys(secrets, config.hmacSecret(), surroundings.clock());
    }

    @Singleton
    TakeInDelivery takeInDelivery(
            CallbackKeys keys,
            SigningKeys signingKeys,
            CallbackInbox inbox,
            CallbackReceiverConfig config,
            Surroundings surroundings) {
        return new TakeInDelivery(
                keys, signingKeys, inbox, config.intake(), config.maxBodyBytes(), surroundings.clock());
    }
}
