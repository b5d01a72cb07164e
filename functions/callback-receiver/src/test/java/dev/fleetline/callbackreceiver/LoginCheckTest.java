package dev.fleetline.callbackreceiver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.callback.CallbackKeys.Login;
import org.junit.jupiter.api.Test;

class LoginCheckTest {

    private static final Login NOW = new Login("cbuser", "password-now");
    private static final Login BEFORE = new Login("cbuser", "password-before");
    private static final Login NEW = new Login("cbuser", "password-new");

    @Test
    void the_login_of_each_version_is_good_and_costs_no_second_reading() {
        KeysOnHand keys = new KeysOnHand().with(NOW, BEFORE);

        assertThat(new LoginCheck(keys).isGood(BEFORE)).isTrue();
        assertThat(new LoginCheck(keys).isGood(NOW)).isTrue();
        assertThat(keys.refreshes()).isZero();
    }

    @Test
    void the_name_of_one_version_with_the_password_of_another_is_not() {
        KeysOnHand keys = new KeysOnHand().with(NOW, new Login("other", "password-other"));

        assertThat(new LoginCheck(keys).isGood(new Login("cbuser", "password-other")))
                .isFalse();
    }

    @Test
    void a_login_that_is_newer_than_what_we_know_is_found_by_reading_again() {
        KeysOnHand keys = new KeysOnHand().with(NOW);
        keys.loginsRotatedTo(NEW, NOW);

        assertThat(new LoginCheck(keys).isGood(NEW)).isTrue();
        assertThat(keys.refreshes()).isOne();
    }

    @Test
    void without_any_login_nobody_is_let_in() {
        assertThat(new LoginCheck(new KeysOnHand()).isGood(new Login("", ""))).isFalse();
    }
}
