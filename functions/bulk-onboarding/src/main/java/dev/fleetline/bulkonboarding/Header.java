package dev.fleetline.bulkonboarding;

import dev.fleetline.fleetevents.FleetEvent.Fault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The columns of a file: which field of an order stands where.
 *
 * @param names as the file has them
 * @param places of the fields that it has, by their names in an order
 * @param notes on columns that are passed over
 */
record Header(List<String> names, Map<String, Integer> places, List<Fault> notes) {

    /** The column in which failed.csv says what is wrong; whoever sends it again need not take it out. */
    static final String FAULTS = "faults";

    private static final List<String> REQUIRED = List.of("imei", "iccid");

    private static final List<String> KNOWN = List.of(
            "imei",
            "iccid",
            "account",
            "carrier",
            "name",
            "group",
            "site",
            "model",
            "servicePlan",
            "zip",
            "reportingInterval");

    /** What may be quoted: a number or a sentence is no name of a column. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z_ ]{1,20}");

    private static final Pattern NOTHING = Pattern.compile("");

    /** So many letters that differ are a slip; more are another word. */
    private static final int A_SLIP = 2;

    Header {
        names = List.copyOf(names);
        places = Map.copyOf(places);
        notes = List.copyOf(notes);
    }

    /** Reads the first row of a file; what is wrong with it is told all at once. */
    static Header of(long line, List<String> names) throws FileRefused {
        Map<String, Integer> places = new HashMap<>();
        List<Fault> faults = new ArrayList<>();
        List<Integer> unknown = new ArrayList<>();
        for (int place = 0; place < names.size(); place++) {
            String name = names.get(place).strip();
            Optional<String> field = known(name);
            if (field.isPresent()) {
                if (places.putIfAbsent(field.get(), place) != null) {
                    faults.add(new Fault(
                            field.get(), "the header has the column " + field.get() + " twice", "delete one of them"));
                }
            } else if (!name.equalsIgnoreCase(FAULTS)) {
                unknown.add(place);
            }
        }
        // if not one is known, the header may have been left out, and this is the first device with somebody's name
        Pattern quotable = places.isEmpty() ? NOTHING : NAME;
        List<Fault> notes = new ArrayList<>();
        for (int place : unknown) {
            unknown(names, place, quotable, places, faults, notes);
        }
        for (String field : REQUIRED) {
            if (!places.containsKey(field)) {
                faults.add(new Fault(
                        field,
                        "the header has no column " + field + "; it has " + quoted(names, quotable),
                        "name the column " + field + " in the first row"));
            }
        }
        if (!faults.isEmpty()) {
            throw new FileRefused(FileRefused.Why.HEADER, line, faults);
        }
        return new Header(names, places, notes);
    }

    /** What a row says of a field; empty when it says nothing. */
    Optional<String> value(String field, List<String> fields) {
        return Optional.ofNullable(places.get(field))
                .map(fields::get)
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    /** A slip in a name refuses the file, since its values would be lost; a column of somebody's own is passed over. */
    private static void unknown(
            List<String> names,
            int place,
            Pattern quotable,
            Map<String, Integer> places,
            List<Fault> faults,
            List<Fault> notes) {
        String name = names.get(place).strip();
        if (name.isEmpty()) {
            notes.add(new Fault(
                    "header", "column " + (place + 1) + " has no name, and is passed over", "nothing, if it is empty"));
            return;
        }
        String nearest = KNOWN.stream()
                .min(Comparator.comparingInt(known -> distance(lower(known), lower(name))))
                .orElseThrow();
        boolean slip = distance(lower(nearest), lower(name)) <= A_SLIP && !places.containsKey(nearest);
        Fault fault = new Fault(
                "header",
                "there is no column " + quoted(names, place, quotable) + "; the nearest one is " + nearest,
                slip
                        ? "rename it to " + nearest
                        : "nothing, if its values are for yourself: it is passed over. The columns are "
                                + String.join(", ", KNOWN));
        (slip ? faults : notes).add(fault);
    }

    private static Optional<String> known(String name) {
        return KNOWN.stream().filter(name::equalsIgnoreCase).findFirst();
    }

    private static String quoted(List<String> names, Pattern quotable) {
        return IntStream.range(0, Math.min(names.size(), KNOWN.size()))
                .mapToObj(place -> quoted(names, place, quotable))
                .collect(Collectors.joining(", "));
    }

    /** The name of a column, or where it is: what people write goes to the bus and to whoever is alerted. */
    private static String quoted(List<String> names, int place, Pattern quotable) {
        String name = names.get(place).strip();
        return quotable.matcher(name).matches() ? "\"" + name + "\"" : "… (column " + (place + 1) + ")";
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** How many letters must be put in, taken out or changed to make one of the other. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int above = row[j];
                int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[other.length()];
    }
}
