package dev.fleetline.onboarding;

import dev.fleetline.device.Device.Order;
import dev.fleetline.device.Device.Profile;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import dev.fleetline.fleetevents.FleetEvent.Fault;
import dev.fleetline.onboarding.OnboardingRequest.Description;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Holds an order against every rule at once, so that whoever sent it can correct all of it at once. Nothing is asked of
 * a carrier here, and nothing costs money.
 */
public final class OrderRules {

    /** Platforms that activate a line with a service plan, and give it a number from a ZIP code. */
    private static final Set<String> WANT_A_PLAN = Set.of("m2m");

    /** The platform refuses a request that has one of these anywhere. */
    private static final Set<String> FORBIDDEN = Set.of("'", "<", "\\");

    private static final Pattern AN_ACCOUNT = Pattern.compile("[0-9]{10}-[0-9]{5}");
    private static final Pattern A_ZIP = Pattern.compile("[0-9]{5}");

    /** As the schema of the event has it: what else Java takes for a duration would not pass there. */
    private static final Pattern AN_INTERVAL =
            Pattern.compile("P(?=.)([0-9]+D)?(T(?=.)([0-9]+H)?([0-9]+M)?([0-9]+S)?)?");

    private static final Duration SHORTEST_INTERVAL = Duration.ofMinutes(1);
    private static final Duration LONGEST_INTERVAL = Duration.ofDays(30);
    private static final int LONGEST_ID = 128;
    private static final int LONGEST_TEXT = 256;

    private final Defaults defaults;
    private final Admitted admitted;

    /** For a deployment that fills in these and takes those. */
    public OrderRules(Defaults defaults, Admitted admitted) {
        this.defaults = defaults;
        this.admitted = admitted;
    }

    /** What an order has that does not say. */
    public record Defaults(String account, String carrier, Optional<String> servicePlan, Optional<String> zip) {}

    /**
     * What a deployment takes.
     *
     * @param carriers the platforms that it speaks to
     * @param issuers how the ICCID of a SIM begins that may be ordered; any when there are none
     * @param tacs the models of device that may be ordered, by the first eight digits of the IMEI; any when there are none
     */
    public record Admitted(Set<String> carriers, Set<String> issuers, Set<String> tacs) {
        public Admitted {
            carriers = Set.copyOf(carriers);
            issuers = Set.copyOf(issuers);
            tacs = Set.copyOf(tacs);
        }
    }

    /** Who else has a SIM. */
    @FunctionalInterface
    public interface Pairs {

        /** Pairs that nobody looks up here. */
        Pairs UNKNOWN = (_, _) -> Optional.empty();

        /** Another device that has this SIM; empty when none has. */
        Optional<Imei> elsewhere(Imei imei, Iccid iccid);
    }

    /** By everything that the order itself says. */
    public CheckedOrder check(OnboardingRequest request) {
        return check(request, Pairs.UNKNOWN);
    }

    /** By everything that the order itself says, and by whether its SIM is in another device. */
    public CheckedOrder check(OnboardingRequest request, Pairs pairs) {
        List<Fault> faults = new ArrayList<>();
        Optional<Imei> imei =
                parsed("imei", request.imei(), Imei::parse, "read the number from the device's label again", faults);
        imei.ifPresent(number -> model(number, faults));
        Optional<Iccid> iccid =
                parsed("iccid", request.iccid(), Iccid::parse, "read the number from the SIM again", faults);
        iccid.ifPresent(number -> issuer(number, faults));
        imei.flatMap(device -> iccid.flatMap(sim -> pairs.elsewhere(device, sim)))
                .ifPresent(other -> faults.add(new Fault(
                        "iccid",
                        "the SIM belongs to another device, " + other,
                        "order that one again with its own SIM, or this one with another")));
        String account = request.account().orElse(defaults.account());
        String carrier = request.carrier().orElse(defaults.carrier());
        if (!admitted.carriers().contains(carrier)) {
            faults.add(new Fault(
                    "carrier",
                    "the carrier must be one of " + new TreeSet<>(admitted.carriers()),
                    "send one, or leave it out"));
        }
        atMost("onboardingId", Optional.of(request.onboardingId()), LONGEST_ID, faults);
        if (!AN_ACCOUNT.matcher(account).matches()) {
            faults.add(new Fault(
                    "account",
                    "an account is written as ten digits, a dash and five digits",
                    "send it as in 0999000001-00001, with the zeros before it, or leave it out"));
        }
        Description said = request.description();
        atMost("name", said.name(), LONGEST_TEXT, faults);
        atMost("group", said.group(), LONGEST_TEXT, faults);
        atMost("site", said.site(), LONGEST_TEXT, faults);
        atMost("model", said.model(), LONGEST_TEXT, faults);
        Optional<String> servicePlan = servicePlan(said, carrier, faults);
        Optional<String> zip = zip(said, carrier, faults);
        Optional<Duration> interval = said.reportingInterval().flatMap(text -> interval(text, faults));
        if (imei.isPresent() && iccid.isPresent() && faults.isEmpty()) {
            return new CheckedOrder.Good(
                    imei.get(),
                    new Order(request.onboardingId(), iccid.get(), account, carrier, servicePlan, zip),
                    new Profile(said.name(), said.group(), said.site(), said.model(), interval, Optional.empty()));
        }
        return new CheckedOrder.Bad(imei, faults);
    }

    private void model(Imei imei, List<Fault> faults) {
        if (!admitted.tacs().isEmpty() && !admitted.tacs().contains(imei.tac())) {
            faults.add(new Fault(
                    "imei",
                    "devices of this model (" + imei.tac() + ", the first eight digits) are not taken here",
                    "order a device of another model, or have the model admitted"));
        }
    }

    private void issuer(Iccid iccid, List<Fault> faults) {
        if (!admitted.issuers().isEmpty() && admitted.issuers().stream().noneMatch(iccid.digits()::startsWith)) {
            faults.add(new Fault(
                    "iccid",
                    "the SIM must be of one of these issuers (how its number begins): "
                            + new TreeSet<>(admitted.issuers()),
                    "order the device with a SIM of this carrier"));
        }
    }

    private Optional<String> servicePlan(Description said, String carrier, List<Fault> faults) {
        atMost("servicePlan", said.servicePlan(), LONGEST_TEXT, faults);
        if (!WANT_A_PLAN.contains(carrier)) {
            return said.servicePlan();
        }
        Optional<String> plan = said.servicePlan().or(defaults::servicePlan);
        if (plan.isEmpty()) {
            faults.add(new Fault(
                    "servicePlan",
                    "the carrier activates no line without a service plan, and this deployment has none of its own",
                    "send the code of a plan of the account"));
        }
        if (plan.filter(text -> FORBIDDEN.stream().anyMatch(text::contains)).isPresent()) {
            faults.add(new Fault(
                    "servicePlan",
                    "the code of a plan has no apostrophe, backslash or angle bracket",
                    "send the code of the plan and not its name"));
        }
        return plan;
    }

    /** Of five digits: what the platform makes of nine is not known. */
    private Optional<String> zip(Description said, String carrier, List<Fault> faults) {
        Optional<String> zip = WANT_A_PLAN.contains(carrier) ? said.zip().or(defaults::zip) : said.zip();
        if (zip.isEmpty() && WANT_A_PLAN.contains(carrier)) {
            faults.add(new Fault(
                    "zip",
                    "the carrier gives a line its number by a ZIP code, and this deployment has none of its own",
                    "send the ZIP code of where the device is"));
        }
        if (zip.filter(text -> !A_ZIP.matcher(text).matches()).isPresent()) {
            faults.add(new Fault("zip", "a ZIP code has five digits", "send the first five, as in 98801"));
        }
        return zip;
    }

    /** The rule comes from the type itself, which names it without the number. */
    private static <T> Optional<T> parsed(
            String field, String text, Function<String, T> parse, String fix, List<Fault> faults) {
        try {
            return Optional.of(parse.apply(text));
        } catch (IllegalArgumentException e) {
            faults.add(new Fault(field, String.valueOf(e.getMessage()), fix));
            return Optional.empty();
        }
    }

    private static void atMost(String field, Optional<String> text, int most, List<Fault> faults) {
        if (text.filter(it -> it.length() > most).isPresent()) {
            faults.add(new Fault(field, "a text has at most " + most + " characters here", "shorten it"));
        }
    }

    private static Optional<Duration> interval(String text, List<Fault> faults) {
        try {
            Duration interval = Duration.parse(text);
            if (AN_INTERVAL.matcher(text).matches()
                    && interval.compareTo(SHORTEST_INTERVAL) >= 0
                    && interval.compareTo(LONGEST_INTERVAL) <= 0) {
                return Optional.of(interval);
            }
        } catch (DateTimeParseException e) {
            // said below, in the same words
        }
        faults.add(new Fault(
                "reportingInterval",
                "the interval must be an ISO 8601 duration from PT1M to P30D",
                "send how often the device reports, such as PT4H, or leave it out"));
        return Optional.empty();
    }
}
