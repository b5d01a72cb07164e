package dev.fleetline.bulkonboarding;

import dev.fleetline.bulkonboarding.CsvFile.Line;
import dev.fleetline.bulkonboarding.Row.Pair;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import dev.fleetline.fleetevents.Digest;
import dev.fleetline.fleetevents.FleetEvent.Fault;
import dev.fleetline.onboarding.CheckedOrder;
import dev.fleetline.onboarding.OnboardingRequest;
import dev.fleetline.onboarding.OrderRules;
import dev.fleetline.onboarding.OrderRules.Admitted;
import dev.fleetline.onboarding.OrderRules.Defaults;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Holds a row against the rules of an order, and against what spreadsheets do to numbers. */
final class RowRules {

    private static final Pattern AS_A_SPREADSHEET_SHOWS_IT = Pattern.compile("[0-9]+([.,][0-9]+)?[eE]\\+?[0-9]+");
    private static final Pattern AS_A_SPREADSHEET_ROUNDS_IT = Pattern.compile("[0-9]{15}0{4,5}");
    private static final Pattern AN_IMEISV = Pattern.compile("[0-9]{16}");
    private static final Pattern NO_TEXT = Pattern.compile("\\p{Cntrl}");
    private static final String ENTER_AGAIN =
            "format the column as text before entering or importing the numbers, then enter them again from their source";

    private final OrderRules rules;
    private final String defaultAccount;

    /** For a deployment that fills in these and takes those. */
    RowRules(Defaults defaults, Admitted admitted) {
        this.rules = new OrderRules(defaults, admitted);
        this.defaultAccount = defaults.account();
    }

    Row check(Header header, Line line) {
        Optional<Fault> count = count(header, line);
        if (count.isPresent()) {
            // what stands where nobody can tell, so nothing else is said of it
            return new Row(
                    line,
                    Optional.empty(),
                    order(Optional.empty(), _ -> Optional.empty()),
                    count.stream().toList(),
                    List.of());
        }
        List<Fault> faults = new ArrayList<>();
        header.places().forEach((field, place) -> {
            if (NO_TEXT.matcher(line.fields().get(place).strip()).find()) {
                faults.add(new Fault(
                        field,
                        "the text has a line break or another sign that cannot be printed",
                        "delete it; if the text is quoted, look whether the quote is closed in its line"));
            }
        });
        Function<String, Optional<String>> value = field -> header.value(field, line.fields());
        spoiled("imei", value, faults);
        spoiled("iccid", value, faults);
        Optional<Pair> pair = pair(value);
        OnboardingRequest request = order(pair, value);
        Set<String> told = new HashSet<>();
        faults.forEach(fault -> told.add(fault.field()));
        if (rules.check(request) instanceof CheckedOrder.Bad bad) {
            bad.faults().stream().filter(fault -> !told.contains(fault.field())).forEach(faults::add);
        }
        return new Row(line, pair, request, faults, notes(value));
    }

    /** Only its ids, where both are good, and the rest of the row unread. */
    Optional<Pair> pair(Header header, Line line) {
        return count(header, line).isPresent() ? Optional.empty() : pair(field -> header.value(field, line.fields()));
    }

    private static Optional<Pair> pair(Function<String, Optional<String>> value) {
        return parsed(value.apply("imei"), Imei::parse)
                .flatMap(imei -> parsed(value.apply("iccid"), Iccid::parse).map(iccid -> new Pair(imei, iccid)));
    }

    /** Cells without a value behind the last column are what a spreadsheet leaves, and no fault. */
    private static Optional<Fault> count(Header header, Line line) {
        int columns = header.names().size();
        int fields = line.fields().size();
        boolean isMore = fields > columns
                && line.fields().subList(columns, fields).stream().anyMatch(text -> !text.isBlank());
        if (fields >= columns && !isMore) {
            return Optional.empty();
        }
        return Optional.of(new Fault(
                "row",
                "the row has " + fields + " fields, and the header " + columns,
                isMore
                        ? "quote a text that has the separator in it, and delete what is too much"
                        : "put a separator where a field is left empty"));
    }

    private static void spoiled(String field, Function<String, Optional<String>> value, List<Fault> faults) {
        String name = field.equals("imei") ? "IMEI" : "ICCID";
        Optional<String> text = value.apply(field);
        if (text.isEmpty()) {
            faults.add(new Fault(field, "the row has no " + name, "enter it, or delete the row"));
        } else if (AS_A_SPREADSHEET_SHOWS_IT.matcher(text.get()).matches()) {
            faults.add(new Fault(
                    field,
                    "a spreadsheet has made a rounded number of the " + name + " (" + text.get()
                            + "), and its digits are lost",
                    ENTER_AGAIN));
        } else if (field.equals("iccid")
                && AS_A_SPREADSHEET_ROUNDS_IT.matcher(text.get()).matches()
                && parsed(text, Iccid::parse).isEmpty()) {
            faults.add(new Fault(
                    field,
                    "a spreadsheet has put zeros for the last digits of the ICCID: it keeps 15 of a number",
                    ENTER_AGAIN));
        }
    }

    private static List<Fault> notes(Function<String, Optional<String>> value) {
        return value.apply("imei")
                .filter(text -> AN_IMEISV.matcher(text).matches())
                .map(_ -> List.of(new Fault(
                        "imei",
                        "16 digits are an IMEISV: its software version gives way to the check digit",
                        "nothing, or write the 15 digits of the IMEI")))
                .orElse(List.of());
    }

    private OnboardingRequest order(Optional<Pair> pair, Function<String, Optional<String>> value) {
        String account = value.apply("account").orElse(defaultAccount);
        String onboardingId = pair.map(ids ->
                        Digest.of(account, ids.imei().digits(), ids.iccid().digits()))
                .orElse("none");
        return new OnboardingRequest(
                onboardingId,
                value.apply("imei").orElse(""),
                value.apply("iccid").orElse(""),
                value.apply("account"),
                value.apply("carrier"),
                new OnboardingRequest.Description(
                        value.apply("name"),
                        value.apply("group"),
                        value.apply("site"),
                        value.apply("model"),
                        value.apply("servicePlan"),
                        value.apply("zip"),
                        value.apply("reportingInterval")));
    }

    private static <T> Optional<T> parsed(Optional<String> text, Function<String, T> parse) {
        try {
            return text.map(parse);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
