package dev.fleetline.onboarding;

import dev.fleetline.device.Device.Order;
import dev.fleetline.device.Device.Profile;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import dev.fleetline.fleetevents.FleetEvent.Fault;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Holds an order against every rule at once, so that whoever sent it can correct all of it at once. */
public final class OrderRules {

    /** Those that an order may name. */
    public static final Set<String> CARRIERS = Set.of("core");

    private static final Duration SHORTEST_INTERVAL = Duration.ofMinutes(1);
    private static final Duration LONGEST_INTERVAL = Duration.ofDays(30);
    private static final int LONGEST_ID = 128;
    private static final int LONGEST_TEXT = 256;

    private final String defaultAccount;
    private final String defaultCarrier;

    /** With the deployment's own account and carrier, for orders that name none. */
    public OrderRules(String defaultAccount, String defaultCarrier) {
        this.defaultAccount = defaultAccount;
        this.defaultCarrier = defaultCarrier;
    }

    /** Every fault of the order at once; a good one comes back as what it orders. */
    public CheckedOrder check(OnboardingRequest request) {
        List<Fault> faults = new ArrayList<>();
        Optional<Imei> imei =
                parsed("imei", request.imei(), Imei::parse, "read the number from the device's label again", faults);
        Optional<Iccid> iccid =
                parsed("iccid", request.iccid(), Iccid::parse, "read the number from the SIM again", faults);
        String account = request.account().orElse(defaultAccount);
        String carrier = request.carrier().orElse(defaultCarrier);
        if (!CARRIERS.contains(carrier)) {
            faults.add(new Fault("carrier", "the carrier must be one of " + CARRIERS, "send one, or leave it out"));
        }
        atMost("onboardingId", Optional.of(request.onboardingId()), LONGEST_ID, faults);
        atMost("account", Optional.of(account), LONGEST_ID, faults);
        OnboardingRequest.Description said = request.description();
        atMost("name", said.name(), LONGEST_TEXT, faults);
        atMost("group", said.group(), LONGEST_TEXT, faults);
        atMost("site", said.site(), LONGEST_TEXT, faults);
        atMost("model", said.model(), LONGEST_TEXT, faults);
        atMost("servicePlan", said.servicePlan(), LONGEST_TEXT, faults);
        atMost("zip", said.zip(), LONGEST_TEXT, faults);
        Optional<Duration> interval = said.reportingInterval().flatMap(text -> interval(text, faults));
        if (imei.isPresent() && iccid.isPresent() && faults.isEmpty()) {
            return new CheckedOrder.Good(
                    imei.get(),
                    new Order(request.onboardingId(), iccid.get(), account, carrier),
                    new Profile(said.name(), said.group(), said.site(), said.model(), interval, Optional.empty()));
        }
        return new CheckedOrder.Bad(imei, faults);
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
            if (interval.compareTo(SHORTEST_INTERVAL) >= 0 && interval.compareTo(LONGEST_INTERVAL) <= 0) {
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
