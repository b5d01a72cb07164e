package dev.fleetline.tokenauthorization;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What ThingSpace sent the person back with. Whatever is missing, named twice, or nothing that ThingSpace would send is
 * not there.
 *
 * @param error OAuth's code for a "no", {@code access_denied}
 */
record CameBack(Optional<State> state, Optional<String> code, Optional<String> error) {

    private static final int LONGEST_CODE = 2_048;

    /** From the query as it stands in the address. */
    static CameBack in(String rawQuery) {
        return new CameBack(
                parameter(rawQuery, "state").flatMap(State::of),
                parameter(rawQuery, "code").filter(code -> code.length() <= LONGEST_CODE && code.matches("[!-~]+")),
                parameter(rawQuery, "error").map(CameBack::harmless));
    }

    /** Without the code. */
    @Override
    public String toString() {
        return "CameBack[error=" + error + "]";
    }

    private static Optional<String> parameter(String rawQuery, String name) {
        List<String> values = Stream.of(rawQuery.split("&", -1))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .toList();
        return values.size() == 1 ? decoded(values.getFirst()).filter(value -> !value.isBlank()) : Optional.empty();
    }

    /** A plus is a plus: neither a code nor a state has blanks, but Base64 has pluses, and not everybody encodes them. */
    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(URLDecoder.decode(text.replace("+", "%2B"), UTF_8));
        } catch (IllegalArgumentException noEncoding) {
            return Optional.empty();
        }
    }

    /** It goes onto a page and into the log, and anybody may have written it. */
    private static String harmless(String error) {
        return error.matches("[a-z_]{1,40}") ? error : "an error that is none of OAuth's";
    }
}
