package dev.fleetline.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.alert.Alert;
import dev.fleetline.alert.AlertBook;
import dev.fleetline.alert.Subject;
import dev.fleetline.callback.Delivery;
import dev.fleetline.callback.DeviceName;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Measure;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.local.sources.ItemJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What is stored, as JSON for people and tests; read through the ports. */
final class FleetView {

    private static final int PAGE = 500;

    private final DeviceRegistry devices;
    private final AlertBook alerts;
    private final DynamoDbClient dynamo;
    private final String callbacksTable;
    private final Function<JsonNode, Delivery> delivery;
    private final DeliveryView deliveryView;

    /** {@code delivery} reads an item of the callbacks' table. */
    FleetView(
            DeviceRegistry devices,
            AlertBook alerts,
            DynamoDbClient dynamo,
            String callbacksTable,
            Function<JsonNode, Delivery> delivery) {
        this.devices = devices;
        this.alerts = alerts;
        this.dynamo = dynamo;
        this.callbacksTable = callbacksTable;
        this.delivery = delivery;
        this.deliveryView = new DeliveryView(devices);
    }

    ArrayNode devices() {
        ArrayNode list = EdgeJson.JSON.createArrayNode();
        all().forEach(device -> list.add(json(device)));
        return list;
    }

    Optional<ObjectNode> device(Imei imei) {
        return devices.find(imei).map(this::json);
    }

    /** Those that are open. */
    ArrayNode alerts() {
        ArrayNode list = EdgeJson.JSON.createArrayNode();
        alerts.open().stream()
                .sorted(Comparator.comparing(
                                (Alert.Open alert) -> alert.holding().since())
                        .thenComparing(alert -> alert.subject().key()))
                .forEach(alert -> list.addObject()
                        .put("subject", alert.subject().key())
                        .put("condition", alert.condition().name())
                        .put("severity", alert.holding().severity().name())
                        .put("state", alert.status().toUpperCase(Locale.ROOT))
                        .put("cause", alert.holding().cause().name())
                        .put("since", alert.holding().since().toString())
                        .put("alertId", alert.alertId()));
        return list;
    }

    /** Every delivery that is kept, in the order of receipt. */
    ArrayNode callbacks() {
        return lines(deliveries());
    }

    /** Those of one device, whichever of its ids they name. */
    ArrayNode callbacks(DeviceName device) {
        Set<String> keys = device.keys(devices);
        return lines(deliveries().filter(one -> keys.contains(one.id().device())));
    }

    /** One delivery with its message. */
    Optional<ObjectNode> callback(String deliveryId) {
        return deliveries()
                .filter(one -> one.id().deliveryId().equals(deliveryId))
                .findFirst()
                .map(deliveryView::whole);
    }

    Stream<Delivery> deliveries() {
        return dynamo.scanPaginator(scan -> scan.tableName(callbacksTable).consistentRead(true)).items().stream()
                .map(item -> delivery.apply(ItemJson.of(item)));
    }

    List<Device> all() {
        var found = new ArrayList<Device>();
        Optional<Imei> from = Optional.empty();
        do {
            DeviceRegistry.Page page = devices.page(0, 1, from, PAGE);
            found.addAll(page.devices());
            from = page.next();
        } while (from.isPresent());
        found.sort(Comparator.comparing(device -> device.imei().digits()));
        return found;
    }

    private ArrayNode lines(Stream<Delivery> deliveries) {
        ArrayNode list = EdgeJson.JSON.createArrayNode();
        deliveries.sorted(Comparator.comparing(Delivery::receivedAt)).forEach(one -> list.add(deliveryView.line(one)));
        return list;
    }

    private ObjectNode json(Device device) {
        ObjectNode json =
                EdgeJson.JSON.createObjectNode().put("imei", device.imei().digits());
        device.uid().ifPresent(uid -> json.put("uid", uid.value()));
        json.put("iccid", device.order().iccid().digits())
                .put("state", device.lifecycle().name())
                .put("since", device.lifecycle().since().toString());
        device.vitals().lastSeen().ifPresent(at -> json.put("lastSeen", at.toString()));
        reading(device, Measure.BATTERY, "battery", "value", json);
        reading(device, Measure.RSRP, "signal", "rsrp", json);
        ArrayNode open = json.putArray("alerts");
        alerts.of(new Subject.OfDevice(device.imei())).stream()
                .filter(Alert.Open.class::isInstance)
                .map(alert -> alert.condition().name())
                .sorted()
                .forEach(open::add);
        return json;
    }

    private static void reading(Device device, Measure measure, String name, String field, ObjectNode into) {
        device.vitals().window(measure).newest().ifPresent(reading -> into.putObject(name)
                .put(field, reading.value())
                .put("at", reading.at().toString()));
    }
}
