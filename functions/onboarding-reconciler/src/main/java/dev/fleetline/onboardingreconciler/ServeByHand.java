package dev.fleetline.onboardingreconciler;

import dev.fleetline.carrier.Carriers;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceHistory;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.Imei;
import dev.fleetline.lambda.Deadline;
import dev.fleetline.lambda.LogKey;
import dev.fleetline.onboardingreconciler.HandRules.Decision;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.MDC;

/** Shows orders to a person, and carries out what they decide about one: once, however often it is asked for. */
final class ServeByHand {

    /** More means that somebody else keeps changing the device. */
    private static final int MOST_TRIES = 3;

    private static final int MOST_HISTORY = 100;

    private final DeviceRegistry registry;
    private final DeviceHistory history;
    private final ListOrders listOrders;
    private final Carriers carriers;
    private final HandRules rules;
    private final TakeStep takeStep;
    private final InstantSource clock;

    ServeByHand(
            DeviceRegistry registry,
            DeviceHistory history,
            ListOrders listOrders,
            Carriers carriers,
            HandRules rules,
            TakeStep takeStep,
            InstantSource clock) {
        this.registry = registry;
        this.history = history;
        this.listOrders = listOrders;
        this.carriers = carriers;
        this.rules = rules;
        this.takeStep = takeStep;
        this.clock = clock;
    }

    ReconcilerReply run(ReconcilerTask.ByHand task, Deadline deadline) {
        return switch (task) {
            case ReconcilerTask.Orders orders -> listOrders.run(orders.state(), orders.most(), deadline);
            case ReconcilerTask.Order(var imei) -> show(new Imei(imei));
            case ReconcilerTask.Release(var imei, var by, var why) ->
                decide(
                        "release",
                        new Imei(imei),
                        device -> rules.release(device, new Person(by, why), clock.instant()));
            case ReconcilerTask.Retire(var imei, var by, var why) ->
                decide(
                        "retire",
                        new Imei(imei),
                        device -> rules.retire(
                                device, new AskCarrier(carriers).about(device), new Person(by, why), clock.instant()));
        };
    }

    private OrderReply show(Imei imei) {
        return registry.find(imei)
                .map(device -> OrderReply.shown(device, history.newest(imei, MOST_HISTORY)))
                .orElseGet(() -> OrderReply.unknown("order"));
    }

    private OrderReply decide(String task, Imei imei, Function<Device, Decision> rule) {
        MDC.put(LogKey.DEVICE.key(), imei.toString());
        try {
            for (int attempt = 0; attempt < MOST_TRIES; attempt++) {
                Optional<Device> device = registry.find(imei);
                if (device.isEmpty()) {
                    return OrderReply.unknown(task);
                }
                Optional<OrderReply> reply = decided(task, device.get(), rule.apply(device.get()));
                if (reply.isPresent()) {
                    return reply.get();
                }
            }
            throw new IllegalStateException("the device changed again and again meanwhile: ask again");
        } finally {
            MDC.remove(LogKey.DEVICE.key());
        }
    }

    /** Empty when somebody else changed the device. */
    private Optional<OrderReply> decided(String task, Device device, Decision decision) {
        return switch (decision) {
            case Decision.Already(var why) ->
                Optional.of(OrderReply.of(task, OrderReply.ALREADY, Optional.of(why), device));
            case Decision.Refused(var why) ->
                Optional.of(OrderReply.of(task, OrderReply.REFUSED, Optional.of(why), device));
            case Decision.Carried(var step) ->
                takeStep.run(device, step, clock.instant()).left() > 0
                        ? Optional.empty()
                        : Optional.of(OrderReply.of(task, OrderReply.DONE, Optional.empty(), step.next()));
        };
    }
}
