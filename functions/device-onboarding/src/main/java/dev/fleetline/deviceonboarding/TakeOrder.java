package dev.fleetline.deviceonboarding;

import dev.fleetline.deviceonboarding.ReadRequest.Reading;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.lambda.LogKey;
import dev.fleetline.lambda.Verdict;
import dev.fleetline.onboarding.CheckedOrder.Bad;
import dev.fleetline.onboarding.CheckedOrder.Good;
import dev.fleetline.onboarding.OnboardingRequest;
import dev.fleetline.onboarding.OrderRules;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.MDC;

/** Takes one message: reads it, checks the order, and lets a good one be carried out. */
final class TakeOrder {

    private final OrderRules rules;
    private final OnboardDevice onboardDevice;
    private final Announcer announcer;
    private final InstantSource clock;

    TakeOrder(OrderRules rules, OnboardDevice onboardDevice, Announcer announcer, InstantSource clock) {
        this.rules = rules;
        this.onboardDevice = onboardDevice;
        this.announcer = announcer;
        this.clock = clock;
    }

    Verdict run(String body) {
        return switch (ReadRequest.from(body)) {
            case Reading.Unreadable(var reason) -> new Verdict.Dead(reason);
            case Reading.Request(var request) ->
                switch (rules.check(request)) {
                    case Good good -> {
                        MDC.put(LogKey.DEVICE.key(), good.imei().toString());
                        yield onboardDevice.run(good);
                    }
                    case Bad bad -> refuse(request, bad);
                };
        };
    }

    /** Tells the sender everything that is wrong; a device that is there already is not touched by a bad order. */
    private Verdict refuse(OnboardingRequest request, Bad bad) {
        announcer.announce(List.of(OnboardingEvents.invalid(request, bad.imei(), bad.faults(), clock.instant())));
        return new Verdict.Done("refused, rules broken: " + bad.faults().size());
    }
}
