package dev.fleetline.tokenauthorization;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CameBackTest {

    private static final State STATE = State.random(new Random(7));
    private static final String CODE = "MDAwMDAwMDAtMDAwMC00MDAwLTgwMDAtMDAwMDAwMDAwMGMw";

    @Test
    void a_code_and_a_state_are_read_as_they_were_encoded() {
        assertThat(CameBack.in("code=a%2Bb%3D%3D&state=" + STATE.value()))
                .isEqualTo(new CameBack(Optional.of(STATE), Optional.of("a+b=="), Optional.empty()));
    }

    @Test
    void a_plus_that_nobody_encoded_is_a_plus() {
        assertThat(CameBack.in("state=&code=a+b").code()).contains("a+b");
    }

    @Test
    void a_no_is_read_and_its_description_is_not() {
        assertThat(CameBack.in("error=access_denied&error_description=The+user+said+no&state=" + STATE.value()))
                .isEqualTo(new CameBack(Optional.of(STATE), Optional.empty(), Optional.of("access_denied")));
    }

    @Test
    void an_error_that_anybody_wrote_is_not_repeated() {
        assertThat(CameBack.in("error=%3Cscript%3Ealert(1)%3C/script%3E").error())
                .contains("an error that is none of OAuth's");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&&&",
                "state",
                "code",
                "state=&code=",
                "state=short",
                "state=%",
                "code=%zz",
                "code=a%20b",
                "code=a%0d%0ab",
                "State=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "state=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA%00",
                "state=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA&state=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "code=a&code=b",
                "xcode=a&xstate=b"
            })
    void what_is_missing_doubled_or_broken_is_not_there(String query) {
        assertThat(CameBack.in(query)).isEqualTo(new CameBack(Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Test
    void a_code_without_end_is_none() {
        assertThat(CameBack.in("code=" + "a".repeat(2_049)).code()).isEmpty();
    }

    @Test
    void neither_code_nor_state_shows_in_print() {
        CameBack back = CameBack.in("code=" + CODE + "&state=" + STATE.value());

        assertThat(back.code()).contains(CODE);
        assertThat(back + " " + back.state()).doesNotContain(CODE).doesNotContain(STATE.value());
    }
}
