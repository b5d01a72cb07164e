package dev.fleetline.local.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When a schedule is due. */
sealed interface Due {

    /** The first time after {@code time}; for a rate, counted from when it began. */
    Instant after(Instant time);

    /** Every so often, counted from the beginning. */
    record Every(Instant began, Duration interval) implements Due {
        @Override
        public Instant after(Instant time) {
            long passed = Duration.between(began, time).dividedBy(interval);
            return began.plus(interval.multipliedBy(Math.max(0, passed) + 1));
        }
    }

    /** At certain minutes of certain days, by the clocks of a zone. */
    record At(BitSet minutes, BitSet hours, BitSet days, BitSet months, BitSet weekdays, ZoneId zone) implements Due {

        private static final int DAYS_TO_LOOK_AHEAD = 4 * 366;

        @Override
        public Instant after(Instant time) {
            LocalDateTime from = LocalDateTime.ofInstant(time, zone);
            LocalDate day = from.toLocalDate();
            for (int i = 0; i < DAYS_TO_LOOK_AHEAD; i++, day = day.plusDays(1)) {
                if (!fits(day)) {
                    continue;
                }
                for (int hour = hours.nextSetBit(0); hour >= 0; hour = hours.nextSetBit(hour + 1)) {
                    for (int minute = minutes.nextSetBit(0); minute >= 0; minute = minutes.nextSetBit(minute + 1)) {
                        LocalDateTime found = day.atTime(hour, minute);
                        // an hour that is skipped in spring is the one after it
                        Instant moment = found.atZone(zone).toInstant();
                        if (moment.isAfter(time)) {
                            return moment;
                        }
                    }
                }
            }
            throw new IllegalArgumentException("the schedule has no time within four years of " + time);
        }

        private boolean fits(LocalDate day) {
            // AWS counts Sunday as 1
            int weekday = day.getDayOfWeek().getValue() % 7 + 1;
            return months.get(day.getMonthValue()) && days.get(day.getDayOfMonth()) && weekdays.get(weekday);
        }
    }

    /** Reads {@code rate(5 minutes)} or {@code cron(0 3 * * ? *)}, the latter in UTC. */
    static Due parse(String expression, Instant began) {
        return parse(expression, ZoneOffset.UTC, began);
    }

    /** The same by the clocks of a zone. */
    static Due parse(String expression, ZoneId zone, Instant began) {
        Matcher rate = Grammar.RATE.matcher(expression);
        if (rate.matches()) {
            long count = Long.parseLong(rate.group(1));
            return new Every(
                    began,
                    switch (rate.group(2)) {
                        case "minute" -> Duration.ofMinutes(count);
                        case "hour" -> Duration.ofHours(count);
                        default -> Duration.ofDays(count);
                    });
        }
        Matcher cron = Grammar.CRON.matcher(expression);
        if (cron.matches()) {
            List<String> fields = List.of(cron.group(1).strip().split("\\s+", -1));
            if (fields.size() == 6 && fields.get(5).equals("*")) {
                return new At(
                        Grammar.values(fields.get(0), 0, 59),
                        Grammar.values(fields.get(1), 0, 23),
                        Grammar.values(fields.get(2), 1, 31),
                        Grammar.values(fields.get(3), 1, 12),
                        Grammar.values(Grammar.weekdaysAsNumbers(fields.get(4)), 1, 7),
                        zone);
            }
        }
        throw new IllegalArgumentException("schedule " + expression
                + " is not understood: rate(<n> minutes|hours|days), or cron of six fields with * as year and numbers, "
                + "lists, ranges and steps before it");
    }

    /** How the expressions are spelled. */
    final class Grammar {

        private static final Pattern RATE = Pattern.compile("rate\\((\\d{1,6}) (minute|hour|day)s?\\)");
        private static final Pattern CRON = Pattern.compile("cron\\(([^)]+)\\)");
        private static final List<String> WEEKDAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

        private Grammar() {}

        static String weekdaysAsNumbers(String field) {
            String numbers = field.toUpperCase(Locale.ROOT);
            for (int i = 0; i < WEEKDAYS.size(); i++) {
                numbers = numbers.replace(WEEKDAYS.get(i), Integer.toString(i + 1));
            }
            return numbers;
        }

        static BitSet values(String field, int least, int most) {
            var values = new BitSet();
            for (String part : field.split(",", -1)) {
                int slash = part.indexOf('/');
                int step = slash < 0 ? 1 : Integer.parseInt(part.substring(slash + 1));
                String range = slash < 0 ? part : part.substring(0, slash);
                int dash = range.indexOf('-');
                boolean all = range.equals("*") || range.equals("?");
                int first = all ? least : Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
                int last = most;
                if (!all && dash >= 0) {
                    last = Integer.parseInt(range.substring(dash + 1));
                } else if (!all && slash < 0) {
                    last = first;
                }
                if (first < least || last > most || step < 1) {
                    throw new IllegalArgumentException(
                            "schedule field " + field + " must be from " + least + " to " + most);
                }
                for (int value = first; value <= last; value += step) {
                    values.set(value);
                }
            }
            return values;
        }
    }
}
