package dev.fleetline.deviceonboarding;

import dev.fleetline.carrier.Carriers;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.deviceonboarding.ReadRequest.Reading;
import dev.fleetline.lambda.BatchWork;
import dev.fleetline.lambda.Deadline;
import dev.fleetline.lambda.LogKey;
import dev.fleetline.lambda.Verdict;
import dev.fleetline.onboarding.CheckedOrder.Bad;
import dev.fleetline.onboarding.CheckedOrder.Good;
import dev.fleetline.onboarding.OrderRules;
import java.util.List;
import org.slf4j.MDC;

/** Takes a batch of messages: reads and checks each, brings each good order on, and activates what is ready together. */
final class TakeOrders implements BatchWork<Ready> {

    private final OrderRules rules;
    private final BoundSims sims;
    private final OnboardDevice onboardDevice;
    private final ActivateTogether activateTogether;
    private final RefuseOrder refuseOrder;

    private TakeOrders(
            OrderRules rules,
            BoundSims sims,
            OnboardDevice onboardDevice,
            ActivateTogether activateTogether,
            RefuseOrder refuseOrder) {
        this.rules = rules;
        this.sims = sims;
        this.onboardDevice = onboardDevice;
        this.activateTogether = activateTogether;
        this.refuseOrder = refuseOrder;
    }

    static TakeOrders of(
            OrderRules rules,
            DeviceRegistry registry,
            Carriers carriers,
            EndedOrders endedOrders,
            Moves moves,
            OnboardDevice.Limits limits) {
        OnboardDevice onboardDevice = new OnboardDevice(registry, carriers, endedOrders, moves, limits);
        return new TakeOrders(
                rules,
                new BoundSims(registry),
                onboardDevice,
                new ActivateTogether(onboardDevice, new SettleActivation(registry, moves), moves, limits.flight()),
                new RefuseOrder(registry, endedOrders, moves));
    }

    @Override
    public Step<Ready> begin(String body) {
        return switch (ReadRequest.from(body)) {
            case Reading.Unreadable(var reason) -> new Step.Over<>(new Verdict.Dead(reason));
            case Reading.Request(var request) ->
                switch (rules.check(request, sims.but(request.onboardingId()))) {
                    case Good good -> {
                        MDC.put(LogKey.DEVICE.key(), good.imei().toString());
                        yield onboardDevice.run(good);
                    }
                    case Bad bad -> new Step.Over<>(refuseOrder.run(request, bad));
                };
        };
    }

    @Override
    public List<Verdict> end(List<Ready> ready, Deadline deadline) {
        return activateTogether.run(ready, deadline);
    }
}
