package dev.fleetline.localstack;

import dev.fleetline.testing.TokenStoreContract;
import dev.fleetline.testing.aws.LoopbackAws;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenStore;
import dev.fleetline.tokenssecretsmanager.SecretsManagerTokenStore;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Version stages on LocalStack's Secrets Manager. */
@Tag("localstack")
@ExtendWith(OneLocalStack.class)
class TokensOnLocalStackIT extends TokenStoreContract {

    private final SecretsManagerClient client;

    TokensOnLocalStackIT(URI localstack) {
        client = LoopbackAws.aim(SecretsManagerClient.builder(), localstack).build();
    }

    @AfterEach
    void stop() {
        client.close();
    }

    @Override
    protected TokenStore storeWithoutToken() {
        String secret = "fleetline/" + UUID.randomUUID() + "/core/token";
        client.createSecret(
                create -> create.name(secret).clientRequestToken(FIRST).secretString("{\"state\":\"none\"}"));
        return new SecretsManagerTokenStore(client, Map.of(TokenRealm.CORE, secret));
    }
}
