package dev.fleetline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.callback.SigningKeyBook;
import dev.fleetline.callback.SigningKeyBook.Kept;
import dev.fleetline.callback.SigningKeys;
import org.junit.jupiter.api.Test;

/** What every {@link SigningKeyBook} must do, and what the reader on the other side then knows. */
public abstract class SigningKeyBookContract {

    /** One without any key; the same one during a test. */
    protected abstract SigningKeyBook book();

    /** Who reads what the book holds now. */
    protected abstract SigningKeys reader();

    @Test
    void at_first_there_is_no_key_and_nothing_to_replace_or_to_forget() {
        book().isReplaced("Location");
        book().forget("Location");

        assertThat(book().services()).isEmpty();
        assertThat(reader().of("Location")).isEmpty();
    }

    @Test
    void a_key_that_is_kept_is_its_service_s_alone() {
        assertThat(book().keep("Location", "key-one")).isEqualTo(new Kept.Yes());
        book().keep("Diagnostics", "key-two");

        assertThat(book().services()).containsExactlyInAnyOrder("Location", "Diagnostics");
        assertThat(reader().of("Location")).containsExactly("key-one");
        assertThat(reader().of("Diagnostics")).containsExactly("key-two");
        assertThat(reader().of("DeviceLocation")).isEmpty();
    }

    @Test
    void a_key_of_the_past_counts_beside_the_next_one_whatever_other_services_do_meanwhile() {
        book().keep("Location", "key-one");

        book().isReplaced("Location");
        assertThat(book().services()).isEmpty();
        assertThat(reader().of("Location")).containsExactly("key-one");

        book().keep("Location", "key-two");
        book().keep("Diagnostics", "key-three");
        book().keep("DeviceLocation", "key-four");
        assertThat(reader().of("Location")).containsExactly("key-two", "key-one");
    }

    @Test
    void a_key_whose_answer_got_lost_takes_no_place() {
        book().keep("Location", "key-one");

        book().isReplaced("Location");
        book().isReplaced("Location");
        book().keep("Location", "key-three");

        assertThat(reader().of("Location")).containsExactly("key-three", "key-one");
    }

    @Test
    void the_key_before_the_previous_one_counts_no_more() {
        book().keep("Location", "key-one");
        book().isReplaced("Location");
        book().keep("Location", "key-two");

        book().isReplaced("Location");
        book().keep("Location", "key-three");

        assertThat(reader().of("Location")).containsExactly("key-three", "key-two");
    }

    @Test
    void what_is_forgotten_counts_no_more_and_others_are_left() {
        book().keep("Diagnostics", "key-of-another");
        book().keep("Location", "key-one");
        book().isReplaced("Location");
        book().keep("Location", "key-two");

        book().forget("Location");

        assertThat(reader().of("Location")).isEmpty();
        assertThat(reader().of("Diagnostics")).containsExactly("key-of-another");
        book().forget("Diagnostics");
        assertThat(book().services()).isEmpty();
        assertThat(reader().of("Diagnostics")).isEmpty();
    }
}
