package dev.fleetline.thingspacesimulator.lines;

import dev.fleetline.thingspacesimulator.faults.LineSettings;
import dev.fleetline.thingspacesimulator.m2m.CallbackContent.Deed;
import dev.fleetline.thingspacesimulator.web.Spelled;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * What is in store for an order.
 *
 * @param delay until it ends
 * @param lieComesLast of two contradictory callbacks
 */
record Fate(Duration delay, End end, Telling telling, boolean lieComesLast) {

    /** How an order ends. */
    enum End {
        WELL,
        FAILED,
        ALREADY_ACTIVE,
        STUCK
    }

    /** How its end is told. */
    enum Telling implements Spelled {
        ONCE("once"),
        LOST("lost"),
        TWICE("doubled"),
        LATE("late"),
        CONTRADICTORY("contradictory");

        private final String spelling;

        Telling(String spelling) {
            this.spelling = spelling;
        }

        @Override
        public String spelling() {
            return spelling;
        }
    }

    /** The fate of the {@code number}-th order of that device: the same one in every run with the same seed. */
    static Fate of(LineSettings settings, Deed deed, String imei, int number) {
        SplittableRandom chance = new SplittableRandom(settings.seed() * 1_000_003L + imei.hashCode() * 31L + number);
        long least = settings.delayLeast().toMillis();
        long most = settings.delayMost().toMillis();
        Duration delay = Duration.ofMillis(chance.nextLong(least, most + 1));
        int end = chance.nextInt(100);
        int telling = chance.nextInt(100);
        return new Fate(
                delay,
                deed == Deed.ACTIVATE ? end(settings.ends(), end) : End.WELL,
                telling(settings.tellings(), telling),
                chance.nextBoolean());
    }

    private static End end(LineSettings.Ends ends, int drawn) {
        if (drawn < ends.failed()) {
            return End.FAILED;
        }
        if (drawn < ends.failed() + ends.alreadyActive()) {
            return End.ALREADY_ACTIVE;
        }
        return drawn < ends.failed() + ends.alreadyActive() + ends.stuck() ? End.STUCK : End.WELL;
    }

    private static Telling telling(LineSettings.Tellings tellings, int drawn) {
        int below = tellings.lost();
        if (drawn < below) {
            return Telling.LOST;
        }
        below += tellings.doubled();
        if (drawn < below) {
            return Telling.TWICE;
        }
        below += tellings.late();
        if (drawn < below) {
            return Telling.LATE;
        }
        return drawn < below + tellings.contradictory() ? Telling.CONTRADICTORY : Telling.ONCE;
    }
}
