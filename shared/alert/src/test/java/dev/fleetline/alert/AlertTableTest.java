package dev.fleetline.alert;

import static dev.fleetline.alert.LivingAlert.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.alert.AlertLife.Happening;
import dev.fleetline.alert.AlertLife.Occasion;
import dev.fleetline.alert.AlertLife.State;
import dev.fleetline.alert.AlertLife.Step;
import dev.fleetline.device.Severity;
import dev.fleetline.fleetevents.FleetEvent.Word;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table in the Javadoc of {@link AlertLife}, line by line. */
class AlertTableTest {

    private static final Path SOURCE = Path.of("src/main/java/dev/fleetline/alert/AlertLife.java");

    private final AlertLife life = new AlertLife(AlertSettings.DEFAULTS);

    /** One line of the table. */
    record Line(State state, Happening happens, String becomes, Optional<Word> told) {}

    static List<Line> table() {
        try (Stream<String> lines = Files.lines(SOURCE)) {
            return lines.dropWhile(line -> !line.contains("<pre>"))
                    .skip(2)
                    .takeWhile(line -> !line.contains("</pre>"))
                    .map(line -> line.replaceFirst("^ \\* ", "").split(" {2,}"))
                    .map(cells -> new Line(
                            State.valueOf(constant(cells[0])),
                            Happening.valueOf(constant(cells[1])),
                            cells[2],
                            cells[3].equals("-") ? Optional.empty() : Optional.of(Word.valueOf(constant(cells[3])))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String constant(String cell) {
        return cell.strip().toUpperCase(Locale.ROOT).replace(",", "").replace(' ', '_');
    }

    @ParameterizedTest
    @MethodSource("table")
    void an_alert_becomes_what_the_table_says(Line line) {
        for (Alert stored : inState(line.state())) {
            for (Severity severity : severities(stored, line.happens())) {
                Step step = life.next(stored, occurrence(line.happens(), severity), at(stored, line.happens()));

                assertThat(becomes(stored, step)).as("%s of %s", step, stored).isEqualTo(line.becomes());
                assertThat(word(step)).as("%s of %s", step, stored).isEqualTo(line.told());
            }
        }
    }

    @Test
    void every_state_has_a_line_for_everything_that_can_happen_in_it() {
        assertThat(table()).doesNotHaveDuplicates();
        for (State state : State.values()) {
            assertThat(table())
                    .filteredOn(line -> line.state() == state)
                    .extracting(Line::happens)
                    .as("%s", state)
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(Happening.values())
                            .filter(happening -> canHappen(state, happening))
                            .toList());
        }
    }

    /** What is over is neither better nor due, and nobody is reminded of what somebody has acknowledged. */
    private static boolean canHappen(State state, Happening happening) {
        return switch (happening) {
            case SAME, BETTER -> state != State.OVER;
            case DUE -> state != State.OVER && state != State.ACKNOWLEDGED;
            case GONE, WORSE, ACKNOWLEDGE, SNOOZE, RESOLVE, RESOLVE_IT_HOLDS -> true;
        };
    }

    private static List<Alert> inState(State state) {
        return switch (state) {
            case OVER -> List.of(LivingAlert.NEVER, LivingAlert.ENDED);
            case UNTOLD -> List.of(LivingAlert.untold(Severity.WARNING), LivingAlert.untold(Severity.CRITICAL));
            case TOLD -> List.of(LivingAlert.told(Severity.WARNING), LivingAlert.told(Severity.CRITICAL));
            case ACKNOWLEDGED ->
                List.of(LivingAlert.acknowledged(Severity.WARNING), LivingAlert.acknowledged(Severity.CRITICAL));
            case SNOOZED -> List.of(LivingAlert.snoozed(Severity.WARNING), LivingAlert.snoozed(Severity.CRITICAL));
        };
    }

    /** The severities by which this can happen to the alert, if it can. */
    private static List<Severity> severities(Alert stored, Happening happening) {
        Severity held = stored instanceof Alert.Open open ? open.holding().severity() : Severity.NONE;
        return switch (happening) {
            case GONE -> List.of(Severity.NONE);
            case WORSE ->
                Stream.of(Severity.values())
                        .filter(found -> found.isWorseThan(held))
                        .toList();
            case BETTER ->
                Stream.of(Severity.WARNING, Severity.CRITICAL)
                        .filter(held::isWorseThan)
                        .toList();
            case SAME, DUE, ACKNOWLEDGE, SNOOZE, RESOLVE, RESOLVE_IT_HOLDS -> List.of(held);
        };
    }

    private static Occurrence occurrence(Happening happening, Severity severity) {
        return switch (happening) {
            case GONE, SAME, WORSE, BETTER, DUE -> Occurrence.Found.of(LivingAlert.finding(severity), Occasion.SWEEP);
            case ACKNOWLEDGE -> new Occurrence.Acknowledge("ben", "it is mine");
            case SNOOZE -> new Occurrence.Snooze("ben", "not tonight", NOW.plusSeconds(3_600));
            case RESOLVE -> new Occurrence.Resolve("ben", "mended", false);
            case RESOLVE_IT_HOLDS -> new Occurrence.Resolve("ben", "mended", true);
        };
    }

    private static Instant at(Alert stored, Happening happening) {
        return happening == Happening.DUE && stored instanceof Alert.Open open
                ? open.due().orElseThrow()
                : NOW;
    }

    private static String becomes(Alert stored, Step step) {
        return switch (step) {
            case Step.Unchanged _ -> AlertLife.state(stored).name().toLowerCase(Locale.ROOT);
            case Step.GoesOn(var next, var _, var _) ->
                AlertLife.state(next).name().toLowerCase(Locale.ROOT);
            case Step.Ends _ -> "over";
            case Step.AlreadyOver _ -> "already over";
            case Step.StillHolds _ -> "still holds";
            case Step.Refused _ -> "refused";
        };
    }

    private static Optional<Word> word(Step step) {
        return switch (step) {
            case Step.GoesOn(var _, var word, var _) -> word;
            case Step.Ends(var _, var _, var word) -> word;
            case Step.Unchanged _, Step.AlreadyOver _, Step.StillHolds _, Step.Refused _ -> Optional.empty();
        };
    }
}
