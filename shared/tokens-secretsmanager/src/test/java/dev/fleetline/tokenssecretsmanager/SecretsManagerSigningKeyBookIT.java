package dev.fleetline.tokenssecretsmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.callback.SigningKeyBook;
import dev.fleetline.callback.SigningKeyBook.Kept;
import dev.fleetline.callback.SigningKeys;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.SigningKeyBookContract;
import dev.fleetline.testing.aws.Fault;
import dev.fleetline.testing.aws.LoopbackAws;
import dev.fleetline.testing.aws.SecretsManagerStandIn;
import dev.fleetline.tokens.TokenStore.BadSecret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The two sides of the one secret. */
class SecretsManagerSigningKeyBookIT extends SigningKeyBookContract {

    private static final String SECRET = "fleetline/test/callback/hmac";
    private static final int TRIES = 4;

    private final MovableClock clock = MovableClock.at("2026-03-02T15:00:00Z");
    private final SecretsManagerStandIn standIn = SecretsManagerStandIn.start(clock);
    private final SecretsManagerClient client = LoopbackAws.aim(SecretsManagerClient.builder(), standIn.endpoint())
            .overrideConfiguration(LoopbackAws::withoutWaits)
            .build();
    private final SecretsManagerSigningKeyBook book = new SecretsManagerSigningKeyBook(client, SECRET);

    @BeforeEach
    void the_secret_is_as_it_is_deployed() {
        client.createSecret(secret -> secret.name(SECRET).secretString("{\"state\":\"none\"}"));
    }

    @AfterEach
    void stop() {
        client.close();
        standIn.close();
    }

    @Override
    protected SigningKeyBook book() {
        return book;
    }

    @Override
    protected SigningKeys reader() {
        return new SecretsManagerSigningKeys(client, SECRET, clock);
    }

    @Test
    void when_no_key_is_left_the_secret_is_as_it_was_deployed() {
        book.keep("Location", "key-one");
        assertThat(value()).isEqualTo("{\"Location\":\"key-one\"}");

        book.isReplaced("Location");
        book.forget("Location");

        assertThat(value()).isEqualTo("{\"state\":\"none\"}");
    }

    @Test
    void a_key_that_the_store_does_not_take_is_an_answer_without_the_key() {
        standIn.failNext("PutSecretValue", TRIES, Fault.THROTTLED);

        assertThat(book.keep("Location", "key-one")).isInstanceOfSatisfying(Kept.No.class, no -> assertThat(no.reason())
                .contains(SECRET)
                .doesNotContain("key-one"));
        assertThat(book.services()).isEmpty();
    }

    @Test
    void a_key_whose_keeping_was_answered_by_nobody_is_kept_once() {
        standIn.failNext("PutSecretValue", 1, Fault.ANSWER_LOST);

        assertThat(book.keep("Location", "key-one")).isEqualTo(new Kept.Yes());
        assertThat(reader().of("Location")).containsExactly("key-one");
    }

    @Test
    void no_service_can_take_the_place_of_what_the_secret_says_of_itself() {
        for (String name : new String[] {"state", "previous", "", "a b"}) {
            assertThatThrownBy(() -> book.keep(name, "key-one")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_secret_that_is_no_object_is_named_without_its_value() {
        client.putSecretValue(secret -> secret.secretId(SECRET).secretString("hush-hush"));

        assertThatThrownBy(book::services)
                .isInstanceOf(BadSecret.class)
                .hasMessageContaining(SECRET)
                .hasMessageNotContaining("hush");
        assertThat(book.keep("Location", "key-one")).isInstanceOfSatisfying(Kept.No.class, no -> assertThat(no.reason())
                .contains(SECRET)
                .doesNotContain("key-one", "hush"));
    }

    private String value() {
        return client.getSecretValue(secret -> secret.secretId(SECRET)).secretString();
    }
}
