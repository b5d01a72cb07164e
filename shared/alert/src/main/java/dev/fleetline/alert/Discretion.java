package dev.fleetline.alert;

import dev.fleetline.alert.Alert.Care;
import dev.fleetline.alert.Alert.Flapping;
import dev.fleetline.alert.Alert.Open;
import dev.fleetline.alert.Alert.Told;
import dev.fleetline.alert.AlertLife.Occasion;
import dev.fleetline.alert.Occurrence.Found;
import dev.fleetline.device.Severity;
import dev.fleetline.fleetevents.FleetEvent.Word;
import java.time.Instant;
import java.util.Optional;

/** Decides which of the words that an alert has for people are said now; {@link AlertLife} says by which rules. */
final class Discretion {

    private final AlertSettings settings;

    Discretion(AlertSettings settings) {
        this.settings = settings;
    }

    /**
     * What is said in the end.
     *
     * @param held whether there was a word for today, and flapping or the cap held it back
     */
    record Said(Optional<Word> word, boolean held, Flapping flapping) {}

    /** The flapping as it stands after this finding; that it begins, must be said first. */
    Flapping flapping(Open open, Found found) {
        return open.flapping().said() && found.unrest() < settings.calmBelow() ? Flapping.CALM : open.flapping();
    }

    /** {@code wanted} is what people would hear if nothing held it back. */
    Said of(Open open, Found found, Optional<Word> wanted, Instant now) {
        Flapping flapping = flapping(open, found);
        boolean isSnoozed = open.care() instanceof Care.Snoozed && wanted.isEmpty();
        if (isSnoozed || isTooLate(found, now) || found.suppressor().isPresent()) {
            return new Said(Optional.empty(), false, flapping);
        }
        Optional<Word> calm = underFlapping(open, found, wanted, flapping, now);
        boolean isHeld = (calm.isEmpty() && wanted.isPresent())
                || (calm.isPresent() && !found.hasRoom() && !isFirstCritical(open, found, calm));
        return isHeld
                ? new Said(Optional.empty(), true, flapping)
                : new Said(calm, false, after(calm, found, flapping));
    }

    private static boolean isTooLate(Found found, Instant now) {
        return found.occasion() == Occasion.ARRIVAL
                && (found.finding().isSilence()
                        || found.finding().evaluatedAt().isBefore(now.minus(AlertLife.TOO_LATE_TO_TELL)));
    }

    private Optional<Word> underFlapping(
            Open open, Found found, Optional<Word> wanted, Flapping flapping, Instant now) {
        boolean mayBeHeld =
                wanted.filter(word -> word == Word.RAISED || word == Word.EASED).isPresent();
        boolean isFirstCriticalRaise = wanted.filter(Word.RAISED::equals).isPresent()
                && !flapping.criticalTold()
                && isFirstCritical(open, found, wanted);
        if (isFirstCriticalRaise || (wanted.isPresent() && !mayBeHeld)) {
            return wanted;
        }
        if (!flapping.said()) {
            return found.unrest() > settings.flapsAbove() ? Optional.of(Word.FLAPPING) : wanted;
        }
        boolean isOverdue = open.told().isEmpty()
                && open.due().filter(due -> !due.isAfter(now)).isPresent();
        return isOverdue ? wanted : Optional.empty();
    }

    /** The first that people hear of this alert at critical. */
    private static boolean isFirstCritical(Open open, Found found, Optional<Word> word) {
        return found.finding().severity() == Severity.CRITICAL
                && word.filter(said -> said == Word.RAISED || said == Word.ESCALATED)
                        .isPresent()
                && open.told()
                        .map(Told::worst)
                        .filter(Severity.CRITICAL::equals)
                        .isEmpty();
    }

    private static Flapping after(Optional<Word> said, Found found, Flapping before) {
        boolean isCritical = found.finding().severity() == Severity.CRITICAL;
        if (said.filter(Word.FLAPPING::equals).isPresent()) {
            return new Flapping(true, isCritical);
        }
        return before.said() && said.isPresent() && isCritical ? new Flapping(true, true) : before;
    }
}
