package dev.fleetline.onboardingreconciler;

import java.util.List;
import org.slf4j.Logger;

/**
 * Orders that are under way, the oldest first.
 *
 * @param more whether there may be others, that were not looked at
 */
record OrdersReply(String task, String outcome, List<OrderReply.Line> orders, boolean more) implements ReconcilerReply {

    OrdersReply {
        orders = List.copyOf(orders);
    }

    @Override
    public void log(Logger log) {
        log.info("orders: {} shown", orders.size());
    }
}
