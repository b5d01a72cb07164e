package dev.fleetline.thingspacecore;

import static dev.fleetline.thingspacecore.CoreCall.ACTIVATE;
import static dev.fleetline.thingspacecore.CoreCall.CREATE;
import static dev.fleetline.thingspacecore.CoreCall.DELETE;
import static dev.fleetline.thingspacecore.CoreCall.MOVE;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What Core's answers mean, as a table: the first row that fits decides. */
final class CoreAnswers {

    private static final Set<CoreCall> ANY = EnumSet.allOf(CoreCall.class);

    private static final List<Row> TABLE = List.of(
            // a bearer that is unknown or expired looks like a fault of the server: the text decides, not the status
            new Row(200, 599, "", "failed to introspect access token", ANY, Meaning.TOKEN_REFUSED),
            new Row(401, 401, "", "", ANY, Meaning.TOKEN_REFUSED),
            new Row(400, 499, "already_exists", "", EnumSet.of(CREATE, ACTIVATE), Meaning.ALREADY_DONE),
            new Row(409, 409, "", "", EnumSet.of(CREATE, ACTIVATE), Meaning.ALREADY_DONE),
            new Row(404, 404, "", "", EnumSet.of(DELETE), Meaning.ALREADY_DONE),
            // who does not know the method has done nothing; whether Core does, nobody has recorded
            new Row(501, 501, "", "", EnumSet.of(MOVE), Meaning.REFUSED),
            // of the code for activating a device that is ready, only the beginning is known
            new Row(400, 499, "invalid_", "", EnumSet.of(ACTIVATE), Meaning.WRONG_STATE),
            new Row(429, 429, "", "", ANY, Meaning.NOT_NOW),
            new Row(503, 503, "", "", ANY, Meaning.NOT_NOW),
            // a gateway gave up on the request: what stands behind it may have it all the same
            new Row(408, 408, "", "", ANY, Meaning.NOTHING_SAID),
            new Row(400, 499, "", "", ANY, Meaning.REFUSED),
            new Row(200, 299, "", "", ANY, Meaning.YES));

    private CoreAnswers() {}

    static Meaning of(CoreCall call, int status, CoreError error) {
        Meaning meaning = TABLE.stream()
                .filter(row -> row.fits(call, status, error))
                .findFirst()
                .map(Row::meaning)
                .orElse(Meaning.NOTHING_SAID);
        // an error under a good status: nobody knows what was done
        return meaning == Meaning.YES && !error.code().isBlank() ? Meaning.NOTHING_SAID : meaning;
    }

    /**
     * One row.
     *
     * @param code how the error's code must begin
     * @param text what its description must contain
     */
    private record Row(int from, int to, String code, String text, Set<CoreCall> calls, Meaning meaning) {
        boolean fits(CoreCall call, int status, CoreError error) {
            return status >= from
                    && status <= to
                    && calls.contains(call)
                    && error.code().toLowerCase(Locale.ROOT).startsWith(code)
                    && error.description().toLowerCase(Locale.ROOT).contains(text);
        }
    }
}
