package dev.fleetline.local.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.callback.DeviceName;
import dev.fleetline.device.Imei;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The running fleet, as far as {@code /local} shows and moves it. */
public interface Fleet {

    /** The time it lives by. */
    Instant now();

    /** Every device. */
    ArrayNode devices();

    /** One device; empty when there is none with this IMEI. */
    Optional<ObjectNode> device(Imei imei);

    /** The open alerts. */
    ArrayNode alerts();

    /** Which version of the Core token is current, and until when it is good, where there is one; never the token. */
    ObjectNode token();

    /** Where spreadsheets are put and their results are: {@code {endpoint, bucket}} of an S3 on this machine. */
    ObjectNode files();

    /** Every delivery that is kept. */
    ArrayNode callbacks();

    /** Those of one device, whichever of its ids they name. */
    ArrayNode callbacks(DeviceName device);

    /** One delivery with its message; empty when none has this id. */
    Optional<ObjectNode> callback(String deliveryId);

    /** The bus since the start. */
    ArrayNode events();

    /** What people were told since the start: subject and text, with the links that are in them. */
    ArrayNode messages();

    /** Counts of all that. */
    ObjectNode metrics();

    /** Somebody calls at a route of the HTTP API; its function is invoked with this event next. */
    void called(JsonNode event);

    /** Puts an event on the bus; the reason, when the bus does not take it. */
    Optional<String> put(String source, String detailType, ObjectNode detail);

    /** Invokes a function and waits; empty when there is none of that name. */
    Optional<JsonNode> invoke(String module, JsonNode event);

    /** What a function's first schedule wakes it with; empty when it has none. */
    Optional<JsonNode> scheduledInput(String module);

    /** The names of all functions, for messages. */
    String functionNames();

    /** Makes things go wrong and looks at what comes of it; empty unless it was started for that. */
    Optional<FaultDesk> faults();

    /** Moves the clock; the modules that a schedule woke, in the order of time. */
    List<String> forward(Duration by, boolean withSchedules);
}
