package dev.fleetline.thingspacesimulator.streaming;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.devices.DeviceEvent;
import dev.fleetline.thingspacesimulator.faults.StreamSettings.Shape;
import dev.fleetline.thingspacesimulator.web.Json;
import java.util.List;
import java.util.stream.Collectors;

/** Writes messages of more than one event. Nobody has recorded one, so there is a shape for each guess. */
final class Packing {

    private Packing() {}

    static String one(DeviceEvent event) {
        return Json.write(event.message());
    }

    /** All those events in one message. */
    static String together(List<DeviceEvent> events, Shape shape) {
        List<ObjectNode> messages = events.stream().map(DeviceEvent::message).toList();
        return switch (shape) {
            case ONE -> throw new IllegalArgumentException("one event, one message: there is nothing to put together");
            case ARRAY -> Json.write(Json.array(messages));
            case DATA_ARRAY -> {
                ObjectNode message = events.getFirst().message();
                message.set(
                        "data",
                        Json.array(events.stream().map(DeviceEvent::data).toList()));
                yield Json.write(message);
            }
            case NDJSON -> messages.stream().map(Json::write).collect(Collectors.joining("\n", "", "\n"));
        };
    }
}
