package dev.fleetline.thingspacem2m;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.carrier.CarrierGateway.CarrierDevice;
import dev.fleetline.carrier.CarrierGateway.Line;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.AlreadyDone;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.CarrierReply.Unclear;
import dev.fleetline.device.Mender;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is said of each device inside an answer that as a whole is a yes. There are no codes in it but sentences, which
 * are not published: so it is told by words that they must have, and none of them goes further than here.
 */
final class M2mResults {

    private static final CarrierReply<CarrierDevice> THERE = new AlreadyDone<>();

    /** Why a device is not added; the first row that fits. */
    private static final List<Row> NOT_ADDED = List.of(
            new Row(
                    List.of("another account", "other account", "different account"),
                    new Refused<>("OTHER_ACCOUNT", "the device is in another account", Mender.SENDER)),
            new Row(
                    List.of("in use", "another device", "other device"),
                    new Refused<>("SIM_IN_USE", "the SIM is in use by another device", Mender.SENDER)),
            new Row(List.of("already"), THERE),
            new Row(
                    List.of("not in", "not found", "database", "dmd", "unknown", "not exist"),
                    new Refused<>(
                            "UNKNOWN_TO_CARRIER", "the carrier's database does not have the device", Mender.SENDER)),
            new Row(
                    List.of("not valid", "invalid", "format"),
                    new Refused<>(
                            "DEVICE_IDENTIFIER_INVALID", "an id of the device is not of its form", Mender.SENDER)));

    private static final CarrierReply<CarrierDevice> FOR_ANOTHER_REASON = new Refused<>(
            "NOT_ADDED", "the platform does not take the device in, for a reason of its own", Mender.CARRIER);

    private M2mResults() {}

    private record Row(List<String> words, CarrierReply<CarrierDevice> reply) {
        boolean fits(String text) {
            return words.stream().anyMatch(text::contains);
        }
    }

    /** The result about that device in such an answer; empty when it has none. */
    static Optional<JsonNode> about(Line line, List<JsonNode> results) {
        return results.stream()
                .filter(result -> M2mDocuments.isAbout(result, line))
                .findFirst();
    }

    static CarrierReply<CarrierDevice> added(Line line, List<JsonNode> results) {
        Optional<JsonNode> result = about(line, results);
        if (result.isEmpty()) {
            return new Unclear<>("an answer that does not name the device");
        }
        String text = text(result.get(), "response");
        return text.equals("success")
                ? M2mDocuments.device(result.get(), "preactive")
                        .<CarrierReply<CarrierDevice>>map(Ok::new)
                        .orElseGet(() -> new Unclear<>("a result of another shape"))
                : NOT_ADDED.stream()
                        .filter(row -> row.fits(text))
                        .findFirst()
                        .map(Row::reply)
                        .orElse(FOR_ANOTHER_REASON);
    }

    static CarrierReply<Line> deleted(Line line, List<JsonNode> results) {
        Optional<JsonNode> result = about(line, results);
        if (result.isEmpty()) {
            return new Unclear<>("an answer that does not name the device");
        }
        if (text(result.get(), "status").equals("success")) {
            return new Ok<>(line);
        }
        return text(result.get(), "message").contains("not found")
                ? new AlreadyDone<>()
                : new Refused<>("NOT_DELETED", "only a line that has ended can be deleted", Mender.OPERATIONS);
    }

    private static String text(JsonNode result, String field) {
        return result.path(field).asText("").strip().toLowerCase(Locale.ROOT);
    }
}
