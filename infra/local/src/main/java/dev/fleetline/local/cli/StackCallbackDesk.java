package dev.fleetline.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.callback.CallbackInbox;
import dev.fleetline.callback.CallbackInbox.Page;
import dev.fleetline.callback.Delivery;
import dev.fleetline.callback.DeviceName;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.local.DeliveryView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one that is deployed as a stack: its tables are read, and its function is invoked. */
final class StackCallbackDesk implements CallbackDesk {

    private static final Logger LOG = LoggerFactory.getLogger(StackCallbackDesk.class);

    private static final int PAGE = 100;

    private final FunctionDesk callbackReplay;
    private final CallbackInbox inbox;
    private final DeviceRegistry devices;
    private final DeliveryView view;
    private final Runnable closing;

    /** {@code closing} gives back what inbox and devices stand on. */
    StackCallbackDesk(FunctionDesk callbackReplay, CallbackInbox inbox, DeviceRegistry devices, Runnable closing) {
        this.callbackReplay = callbackReplay;
        this.inbox = inbox;
        this.devices = devices;
        this.view = new DeliveryView(devices);
        this.closing = closing;
    }

    @Override
    public List<JsonNode> lines(Wanted wanted) {
        return DeployedStack.told(
                () -> deliveries(wanted).<JsonNode>map(view::line).toList());
    }

    /** Of one device or of one reason without a look at the whole table. */
    private Stream<Delivery> deliveries(Wanted wanted) {
        if (wanted.device().isPresent()) {
            return DeviceName.of(wanted.device().get()).keys(devices).stream()
                    .flatMap(key -> readable(inbox.under(key)).stream());
        }
        return wanted
                .reason()
                .map(reason -> all(from -> inbox.setAside(reason, from, PAGE)))
                .orElseGet(() -> received(wanted.from().orElse(Instant.EPOCH), wanted.to()))
                .stream();
    }

    @Override
    public Optional<JsonNode> whole(String deliveryId) {
        return DeployedStack.told(() -> received(Instant.EPOCH, Optional.empty()).stream()
                .filter(one -> one.id().deliveryId().equals(deliveryId))
                .findFirst()
                .map(view::whole));
    }

    @Override
    public JsonNode replay(JsonNode task) {
        return callbackReplay.invoke(task);
    }

    @Override
    public void close() {
        callbackReplay.close();
        closing.run();
    }

    private List<Delivery> received(Instant from, Optional<Instant> to) {
        Instant end = to.orElse(Instant.parse("9999-01-01T00:00:00Z"));
        return all(place -> inbox.received(from, end, place, PAGE));
    }

    /** Whoever looks for one that is missing learns why. */
    private static List<Delivery> readable(Page page) {
        page.unreadable().forEach(reason -> LOG.warn("a delivery cannot be read: {}", reason));
        return page.deliveries();
    }

    private static List<Delivery> all(Function<Optional<String>, Page> pages) {
        List<Delivery> found = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            Page page = pages.apply(next);
            found.addAll(readable(page));
            next = page.next();
        } while (next.isPresent());
        return found;
    }
}
