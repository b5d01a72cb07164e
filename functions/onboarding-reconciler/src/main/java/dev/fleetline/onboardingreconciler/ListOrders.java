package dev.fleetline.onboardingreconciler;

import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.Imei;
import dev.fleetline.lambda.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the orders that are under way or wait for somebody, by the index of those that are looked at. */
final class ListOrders {

    /** Every open order is looked at sooner than that. */
    private static final Duration FAR = Duration.ofDays(366);

    private static final Logger LOG = LoggerFactory.getLogger(ListOrders.class);

    private final DeviceRegistry registry;
    private final InstantSource clock;
    private final Duration reserve;

    /** {@code reserve} is what one device may take. */
    ListOrders(DeviceRegistry registry, InstantSource clock, Duration reserve) {
        this.registry = registry;
        this.clock = clock;
        this.reserve = reserve;
    }

    /** At most so many, in this state where one is named, the oldest order first. */
    OrdersReply run(Optional<String> state, int limit, Deadline deadline) {
        Instant end = clock.instant().plus(FAR);
        List<Imei> waiting = registry.waiting(end, ReconcileWaiting.LOT);
        List<OrderReply.Line> found = new ArrayList<>();
        boolean isMore = waiting.size() == ReconcileWaiting.LOT;
        for (Imei imei : waiting) {
            if (found.size() == limit || deadline.isNear(reserve)) {
                isMore = true;
                break;
            }
            find(imei)
                    .filter(device -> device.lifecycle().isOrderOpen())
                    .filter(device -> state.isEmpty()
                            || state.get().equals(device.lifecycle().name()))
                    .map(OrderReply.Line::of)
                    .ifPresent(found::add);
        }
        found.sort(Comparator.comparing(OrderReply.Line::orderedAt));
        return new OrdersReply("orders", OrderReply.DONE, found, isMore);
    }

    private Optional<Device> find(Imei imei) {
        try {
            return registry.find(imei);
        } catch (RuntimeException e) {
            LOG.error("left out, cannot be read: {}", imei, e);
            return Optional.empty();
        }
    }
}
