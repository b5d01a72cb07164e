package dev.fleetline.tokenauthorization;

import java.time.Instant;
import java.util.List;

/** Everything that can come of a person's way back from ThingSpace. */
sealed interface Outcome {

    /** The token is current. {@code missing} was asked for and not given; {@code renewable} without a person. */
    record Authorised(List<String> scopes, List<String> missing, Instant endsAt, boolean renewable)
            implements Outcome {}

    /** Whatever came back, no question of ours that is still open led to it. */
    record StateUnknown() implements Outcome {}

    /** ThingSpace said no, and why in OAuth's code. */
    record Denied(String error) implements Outcome {}

    /** The state was good, and there was neither a code nor a "no". */
    record NoCode() implements Outcome {}

    /** ThingSpace did not take the code, and why in OAuth's code. */
    record CodeRefused(String code) implements Outcome {}

    /** ThingSpace gave no answer that makes sense; nothing is stored. */
    record Unavailable(String reason) implements Outcome {}

    /** A token came and lies beside the current one, because it is not known to be alive. */
    record SetAside(String reason) implements Outcome {}

    /** A token came that opens no device; the one that was current still is. */
    record Powerless() implements Outcome {}

    /** A token came, and twice another one became current meanwhile. */
    record Overtaken() implements Outcome {}

    /** A secret lacks something; the complaint names secret and field and no value. */
    record NotFilledIn(String complaint) implements Outcome {}

    /** Somebody who runs Fleetline has something to do; what strangers can bring about is none of it. */
    default boolean isOurTrouble() {
        return switch (this) {
            case Authorised _, StateUnknown _, Denied _, NoCode _, Overtaken _ -> false;
            case CodeRefused _, Unavailable _, SetAside _, Powerless _, NotFilledIn _ -> true;
        };
    }

    /** As it stands in the log. */
    default String word() {
        return switch (this) {
            case Authorised _ -> "authorised";
            case StateUnknown _ -> "state-unknown";
            case Denied _ -> "denied";
            case NoCode _ -> "no-code";
            case CodeRefused _ -> "code-refused";
            case Unavailable _ -> "unavailable";
            case SetAside _ -> "set-aside";
            case Powerless _ -> "powerless";
            case Overtaken _ -> "overtaken";
            case NotFilledIn _ -> "not-filled-in";
        };
    }
}
