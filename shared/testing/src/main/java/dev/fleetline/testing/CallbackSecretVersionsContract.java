package dev.fleetline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.callback.CallbackSecret;
import dev.fleetline.callback.CallbackSecretVersions;
import dev.fleetline.callback.CallbackSecretVersions.Labels;
import dev.fleetline.callback.CallbackSecretVersions.Moved;
import dev.fleetline.callback.CallbackSecretVersions.Version;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link CallbackSecretVersions} promises. */
public abstract class CallbackSecretVersionsContract {

    /** The version that people put there. */
    protected static final String FIRST = "00000000-0000-4000-8000-000000000001";

    /** What people put there. */
    protected static final CallbackSecret PUT_BY_PEOPLE =
            new CallbackSecret("cbuser", "cb-secret-example", "stream-key-example", Map.of());

    private static final String SECOND = "00000000-0000-4000-8000-000000000002";
    private static final String THIRD = "00000000-0000-4000-8000-000000000003";
    private static final CallbackSecret RENEWED = PUT_BY_PEOPLE.renewed(
            "password-two",
            "key-two",
            Map.of(
                    "CarrierService", "https://rx.example.test/callbacks/CarrierService",
                    "DeviceService", "https://rx.example.test/callbacks/DeviceService"));

    /** A secret whose current version is {@link #FIRST}, with {@link #PUT_BY_PEOPLE}, and which is not rotated. */
    protected abstract CallbackSecretVersions secretOfPeople();

    /** A rotation begins: the version is pending and has no value. */
    protected abstract void begins(String versionId);

    @Test
    void what_people_put_is_current_and_nothing_is_pending() {
        CallbackSecretVersions versions = secretOfPeople();

        Labels labels = versions.labels();
        assertThat(labels.current()).contains(FIRST);
        assertThat(labels.pending()).isEmpty();
        assertThat(labels.rotationIsOn()).isFalse();
        assertThat(labels.arn()).startsWith("arn:").contains(versions.secret());
        assertThat(versions.version(FIRST)).map(Version::value).contains(PUT_BY_PEOPLE);
    }

    @Test
    void a_rotation_that_has_begun_has_a_pending_version_without_a_value() {
        CallbackSecretVersions versions = secretOfPeople();
        begins(SECOND);

        assertThat(versions.labels().rotationIsOn()).isTrue();
        assertThat(versions.labels().pending()).contains(SECOND);
        assertThat(versions.version(SECOND)).isEmpty();
        assertThat(versions.labels().current()).contains(FIRST);
    }

    @Test
    void a_staged_value_comes_back_whole_and_is_not_current() {
        CallbackSecretVersions versions = secretOfPeople();
        begins(SECOND);
        versions.stage(SECOND, RENEWED);

        assertThat(versions.version(SECOND)).map(Version::value).contains(RENEWED);
        assertThat(versions.labels().current()).contains(FIRST);
        assertThat(versions.labels().pending()).contains(SECOND);
    }

    @Test
    void a_version_never_gets_a_second_value() {
        CallbackSecretVersions versions = secretOfPeople();
        begins(SECOND);
        versions.stage(SECOND, RENEWED);
        versions.stage(SECOND, RENEWED);
        versions.stage(SECOND, PUT_BY_PEOPLE.renewed("password-three", "key-three", Map.of()));

        assertThat(versions.version(SECOND)).map(Version::value).contains(RENEWED);
    }

    @Test
    void a_version_becomes_current_instead_of_the_one_it_replaces_and_asking_again_changes_nothing() {
        CallbackSecretVersions versions = secretOfPeople();
        begins(SECOND);
        versions.stage(SECOND, RENEWED);

        assertThat(versions.makeCurrent(SECOND, FIRST)).isEqualTo(Moved.CURRENT);
        assertThat(versions.makeCurrent(SECOND, FIRST)).isEqualTo(Moved.CURRENT);
        assertThat(versions.labels().current()).contains(SECOND);
        assertThat(versions.version(FIRST)).map(Version::value).contains(PUT_BY_PEOPLE);
    }

    @Test
    void a_version_that_replaces_one_that_is_no_longer_current_changes_nothing() {
        CallbackSecretVersions versions = secretOfPeople();
        begins(SECOND);
        versions.stage(SECOND, RENEWED);
        versions.makeCurrent(SECOND, FIRST);
        begins(THIRD);
        versions.stage(THIRD, PUT_BY_PEOPLE.renewed("password-three", "key-three", Map.of()));

        assertThat(versions.makeCurrent(THIRD, FIRST)).isEqualTo(Moved.LOST_RACE);
        assertThat(versions.labels().current()).contains(SECOND);
    }

    @Test
    void a_version_that_nobody_made_is_not_there() {
        assertThat(secretOfPeople().version(THIRD)).isEqualTo(Optional.empty());
    }
}
