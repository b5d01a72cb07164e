package dev.fleetline.tokenssecretsmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.callback.CallbackKeys.Login;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.aws.Fault;
import dev.fleetline.testing.aws.LoopbackAws;
import dev.fleetline.testing.aws.SecretsManagerStandIn;
import dev.fleetline.tokens.ClientCredentials;
import dev.fleetline.tokens.TokenStore.BadSecret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Client credentials and callback keys: what people put there, and the rotation after them. */
class SecretsOfPeopleIT {

    private static final String CLIENT = "fleetline/test/core/client";
    private static final String CALLBACK = "fleetline/test/callback";

    private final MovableClock clock = MovableClock.at("2026-03-02T15:00:00Z");
    private final SecretsManagerStandIn standIn = SecretsManagerStandIn.start(clock);
    private final SecretsManagerClient client =
            LoopbackAws.aim(SecretsManagerClient.builder(), standIn.endpoint()).build();
    private boolean isCreated;
    private final SecretsManagerCallbackKeys keys = new SecretsManagerCallbackKeys(client, CALLBACK, clock);

    @AfterEach
    void stop() {
        client.close();
        standIn.close();
    }

    @Test
    void credentials_are_read_with_their_redirect_address() {
        client.createSecret(r -> r.name(CLIENT)
                .secretString("{\"clientId\":\"id\",\"clientSecret\":\"hush\","
                        + "\"redirectUri\":\"https://app.example.test/oauth2/callback\"}"));

        assertThat(new SecretsManagerClientCredentials(client, CLIENT).read())
                .isEqualTo(new ClientCredentials(
                        "id", "hush", Optional.of(URI.create("https://app.example.test/oauth2/callback"))))
                .hasToString("ClientCredentials[***]");
    }

    @Test
    void during_a_rotation_the_old_the_new_and_the_coming_key_count() {
        put("one", "AWSCURRENT");
        put("two", "AWSCURRENT");
        put("three", "AWSPENDING");

        assertThat(keys.streamKeys()).containsExactlyInAnyOrder("one", "two", "three");
    }

    @Test
    void a_half_made_rotation_locks_nobody_out_and_an_empty_key_is_none() {
        put("one", "AWSCURRENT");
        client.putSecretValue(r -> r.secretId(CALLBACK).secretString("not yet").versionStages("AWSPENDING"));
        assertThat(keys.streamKeys()).containsExactly("one");

        put("", "AWSPENDING");
        clock.forward(Duration.ofMinutes(6));
        assertThat(keys.streamKeys()).containsExactly("one");
    }

    @Test
    void the_logins_of_all_three_versions_count_and_print_without_what_is_secret() {
        putLogin("u", "p-one", "AWSCURRENT");
        putLogin("u", "p-two", "AWSCURRENT");
        putLogin("u", "p-three", "AWSPENDING");

        assertThat(keys.logins())
                .containsExactlyInAnyOrder(new Login("u", "p-one"), new Login("u", "p-two"), new Login("u", "p-three"));
        assertThat(keys.logins().toString()).doesNotContain("p-one");
    }

    @Test
    void without_a_password_streams_are_let_in_and_services_are_told_what_is_missing() {
        client.createSecret(r -> r.name(CALLBACK).secretString("{\"username\":\"hush-hush\",\"streamKey\":\"one\"}"));

        assertThat(keys.streamKeys()).containsExactly("one");
        assertThatThrownBy(keys::logins)
                .isInstanceOf(BadSecret.class)
                .hasMessageContaining("secret " + CALLBACK + ": field password is missing")
                .hasMessageNotContaining("hush-hush");
    }

    @Test
    void a_version_half_made_has_no_login_and_hides_no_other() {
        putLogin("u", "p-one", "AWSCURRENT");
        client.putSecretValue(r -> r.secretId(CALLBACK)
                .secretString("{\"username\":\"u\",\"password\":{\"no\":\"text\"},\"streamKey\":\"two\"}")
                .versionStages("AWSPENDING"));

        assertThat(keys.logins()).containsExactly(new Login("u", "p-one"));
        assertThat(keys.streamKeys()).contains("two");
    }

    @Test
    void keys_are_kept_for_minutes() {
        put("one", "AWSCURRENT");
        keys.streamKeys();
        int calls = standIn.calls("GetSecretValue");

        clock.forward(Duration.ofMinutes(4));
        keys.streamKeys();

        assertThat(standIn.calls("GetSecretValue")).isEqualTo(calls);
    }

    @Test
    void a_key_that_did_not_match_makes_it_look_again_but_not_more_than_once_in_ten_seconds() {
        put("one", "AWSCURRENT");
        assertThat(keys.streamKeys()).containsExactly("one");
        put("two", "AWSCURRENT");

        keys.refresh();
        assertThat(keys.streamKeys()).containsExactly("one");

        clock.forward(Duration.ofSeconds(11));
        keys.refresh();
        assertThat(keys.streamKeys()).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void a_wrong_key_while_secrets_cannot_be_read_locks_nobody_out_and_asks_no_more_often() {
        put("one", "AWSCURRENT");
        keys.streamKeys();
        standIn.failNext("GetSecretValue", 1_000, Fault.BROKEN);
        clock.forward(Duration.ofSeconds(11));
        int calls = standIn.calls("GetSecretValue");

        assertThatThrownBy(keys::refresh).isInstanceOf(SdkException.class);
        assertThat(keys.streamKeys()).containsExactly("one");
        int callsThen = standIn.calls("GetSecretValue");
        assertThat(callsThen).isGreaterThan(calls);
        assertThatThrownBy(keys::refresh).hasMessageContaining("secret " + CALLBACK + " could not be read");
        assertThat(keys.streamKeys()).containsExactly("one");
        assertThat(standIn.calls("GetSecretValue")).isEqualTo(callsThen);
    }

    @Test
    void what_is_known_counts_for_an_hour_while_secrets_cannot_be_read_and_they_are_asked_every_ten_seconds() {
        put("one", "AWSCURRENT");
        keys.streamKeys();
        standIn.failNext("GetSecretValue", 1_000, Fault.BROKEN);
        clock.forward(Duration.ofMinutes(5).plusSeconds(10));

        assertThat(keys.streamKeys()).containsExactly("one");
        int calls = standIn.calls("GetSecretValue");
        clock.forward(Duration.ofSeconds(9));
        assertThat(keys.streamKeys()).containsExactly("one");
        assertThat(keys.logins()).hasSize(1);
        assertThat(standIn.calls("GetSecretValue")).isEqualTo(calls);
        clock.forward(Duration.ofSeconds(1));
        assertThat(keys.streamKeys()).containsExactly("one");
        assertThat(standIn.calls("GetSecretValue")).isGreaterThan(calls);

        clock.forward(Duration.ofMinutes(55));
        assertThatThrownBy(keys::streamKeys).isInstanceOf(SdkException.class);
    }

    @Test
    void what_changed_while_secrets_could_not_be_read_is_known_as_soon_as_they_can() {
        put("one", "AWSCURRENT");
        keys.streamKeys();
        put("two", "AWSCURRENT");
        standIn.failNext("GetSecretValue", 4, Fault.BROKEN);
        clock.forward(Duration.ofMinutes(6));
        assertThat(keys.streamKeys()).containsExactly("one");

        clock.forward(Duration.ofSeconds(10));
        assertThat(keys.streamKeys()).containsExactlyInAnyOrder("one", "two");
    }

    private void put(String key, String label) {
        put("u", "p", key, label);
    }

    private void putLogin(String username, String password, String label) {
        put(username, password, "key", label);
    }

    private void put(String username, String password, String key, String label) {
        String value =
                "{\"username\":\"" + username + "\",\"password\":\"" + password + "\",\"streamKey\":\"" + key + "\"}";
        if (isCreated) {
            client.putSecretValue(r -> r.secretId(CALLBACK).secretString(value).versionStages(label));
        } else {
            client.createSecret(r -> r.name(CALLBACK).secretString(value));
            isCreated = true;
        }
    }
}
