package dev.fleetline.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.callback.CallbackInbox;
import dev.fleetline.callback.CallbackInbox.Page;
import dev.fleetline.callback.Delivery;
import dev.fleetline.callback.DeviceName;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.local.DeliveryView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/** The one that is deployed as a stack: its tables are read, and its function is invoked. */
final class StackCallbackDesk implements CallbackDesk {

    private static final int PAGE = 100;

    private final String function;
    private final CallbackInbox inbox;
    private final DeviceRegistry devices;
    private final DeliveryView view;
    private final LambdaClient lambda;
    private final Runnable closing;

    /** {@code closing} gives back what the others stand on. */
    StackCallbackDesk(
            String function, CallbackInbox inbox, DeviceRegistry devices, LambdaClient lambda, Runnable closing) {
        this.function = function;
        this.inbox = inbox;
        this.devices = devices;
        this.view = new DeliveryView(devices);
        this.lambda = lambda;
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
            return DeviceName.of(wanted.device().get()).keys(devices).stream().flatMap(key -> inbox.of(key).stream());
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
        InvokeResponse answer = DeployedStack.told(() -> lambda.invoke(
                invoke -> invoke.functionName(function).payload(SdkBytes.fromUtf8String(task.toString()))));
        JsonNode reply = json(answer.payload().asUtf8String());
        if (answer.functionError() != null) {
            throw new IllegalStateException(
                    function + " failed: " + reply.path("errorMessage").asText("its log says why"));
        }
        return reply;
    }

    @Override
    public void close() {
        closing.run();
    }

    private List<Delivery> received(Instant from, Optional<Instant> to) {
        Instant end = to.orElse(Instant.parse("9999-01-01T00:00:00Z"));
        return all(place -> inbox.received(from, end, place, PAGE));
    }

    private static List<Delivery> all(Function<Optional<String>, Page> pages) {
        List<Delivery> found = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            Page page = pages.apply(next);
            found.addAll(page.deliveries());
            next = page.next();
        } while (next.isPresent());
        return found;
    }

    private static JsonNode json(String text) {
        try {
            return EdgeJson.JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the function did not answer JSON", e);
        }
    }
}
