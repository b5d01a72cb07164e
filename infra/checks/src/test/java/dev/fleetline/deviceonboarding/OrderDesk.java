package dev.fleetline.deviceonboarding;

import dev.fleetline.carrier.Carriers;
import dev.fleetline.claims.Claims;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.deviceonboarding.OnboardDevice.Limits;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.lambda.BatchWork.Step;
import dev.fleetline.lambda.Deadline;
import dev.fleetline.lambda.Verdict;
import dev.fleetline.onboarding.OrderRules;
import dev.fleetline.onboarding.OrderRules.Admitted;
import dev.fleetline.onboarding.OrderRules.Defaults;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The use case of device-onboarding, and what its queue does with it. */
public final class OrderDesk {

    private static final Duration FLIGHT = Duration.ofSeconds(30);
    private static final Deadline PLENTY = () -> Duration.ofMinutes(5);

    private final TakeOrders takeOrders;

    public OrderDesk(
            DeviceRegistry registry,
            Carriers carriers,
            Claims claims,
            Announcer announcer,
            InstantSource clock,
            String account,
            int lineActionsPerDay) {
        takeOrders = TakeOrders.of(
                new OrderRules(
                        new Defaults(account, "core", Optional.of("m2m_4G"), Optional.of("98801")),
                        new Admitted(carriers.names(), Set.of(), Set.of())),
                registry,
                carriers,
                new EndedOrders(claims, clock),
                new Moves(registry, announcer, clock),
                new Limits(FLIGHT, lineActionsPerDay));
    }

    /** Takes a batch of messages; a verdict for each. */
    public List<Verdict> deliver(List<String> messages) {
        List<Step<Ready>> steps = messages.stream().map(takeOrders::begin).toList();
        List<Ready> ready = steps.stream()
                .flatMap(step -> step instanceof Step.Ready<Ready>(var what) ? Stream.of(what) : Stream.empty())
                .toList();
        Iterator<Verdict> ends = takeOrders.end(ready, PLENTY).iterator();
        return steps.stream()
                .map(step -> step instanceof Step.Over<Ready>(var verdict) ? verdict : ends.next())
                .toList();
    }
}
