package dev.fleetline.thingspacesimulator.devices;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.web.Json;
import dev.fleetline.thingspacesimulator.wire.PlatformIds;
import dev.fleetline.thingspacesimulator.wire.PlatformTimes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What a device measures. Everything starts from one recorded first report with all its sentinels, doubled measures and
 * formats; the values then wander a little, by the number of the report alone, so that a run can be repeated.
 */
final class Telemetry {

    /** The tracker is switched on this long before it first reports. */
    private static final Duration ON_BEFORE_FIRST_REPORT = Duration.ofSeconds(30);

    private final ObjectNode diagnostic;
    private final ObjectNode fields;
    private int reports;

    private Telemetry(ObjectNode diagnostic, ObjectNode fields) {
        this.diagnostic = diagnostic;
        this.fields = fields;
    }

    /** The instruments of a device that has yet to report for the first time, at {@code firstReport}. */
    static Telemetry of(String imei, Instant firstReport) {
        ObjectNode recorded = Json.resource(Telemetry.class, "first-report.json");
        Telemetry telemetry =
                new Telemetry((ObjectNode) recorded.path("diagnostic"), (ObjectNode) recorded.path("fields"));
        telemetry.belongTo(imei);
        telemetry.group("DINF").put("LPO", PlatformTimes.powerOn(firstReport.minus(ON_BEFORE_FIRST_REPORT)));
        return telemetry;
    }

    /** Instruments for a report that comes late: they say what they would have said, and nothing of it stays. */
    Telemetry copy() {
        Telemetry copy = new Telemetry(diagnostic.deepCopy(), fields.deepCopy());
        copy.reports = reports;
        return copy;
    }

    ObjectNode diagnostic() {
        return diagnostic.deepCopy();
    }

    ObjectNode fields() {
        return fields.deepCopy();
    }

    /**
     * Takes the next measures and returns those that changed, or that the report names: an event carries no others. All of
     * them are new the first time.
     */
    ObjectNode measure(Report report) {
        ObjectNode before = fields.deepCopy();
        int number = reports++;
        wander(number);
        report.battery().ifPresent(percent -> {
            fields.put("battery", percent);
            group("BTR").put("PERC", percent);
        });
        report.rsrp().ifPresent(dbm -> {
            fields.put("signalStrength", dbm);
            group("SCM").put("RSRP", dbm);
            group("NW").put("4gSIS", dbm);
        });
        report.serviceState().ifPresent(state -> group("NW").put("SST", state));
        return number == 0 ? fields.deepCopy() : changedSince(before, report, number);
    }

    private ObjectNode changedSince(ObjectNode before, Report report, int number) {
        ObjectNode changed = Json.object();
        fields.properties().forEach(field -> {
            boolean named =
                    switch (field.getKey()) {
                        case "battery" -> report.battery().isPresent();
                        case "signalStrength" -> report.rsrp().isPresent();
                        // a tracker repeats its place now and then though it has not moved
                        case "location" -> number % 3 == 1;
                        default -> false;
                    };
            if (named || !field.getValue().equals(before.path(field.getKey()))) {
                changed.set(field.getKey(), field.getValue().deepCopy());
            }
        });
        return changed;
    }

    /** Precision differs from report to report, and zeros at the end are kept. */
    private void wander(int number) {
        if (number == 0) {
            return;
        }
        BigDecimal temperature = BigDecimal.valueOf(232 + number * 7 % 41 - 20, 1);
        fields.put(
                "temperature",
                temperature
                        .setScale(number % 2 == 0 ? 4 : 1, RoundingMode.UNNECESSARY)
                        .toString());
        fields.put("humidity", Integer.toString(37 + number / 2 % 5));
        fields.put("light", Integer.toString(77 + number / 3 % 9));
        fields.put("pressure", Integer.toString(1004 + number / 4 % 3));
        if (number % 2 == 0) {
            ((ObjectNode) fields.path("acceleration")).put("x", String.format(Locale.ROOT, "-0.01%02d", number % 100));
        }
    }

    /** The identifiers of the recorded report are those of its device; any other has its own, as often as they occur. */
    private void belongTo(String imei) {
        long last4 = Long.parseLong(imei) % 10_000;
        String imsi = "311270" + String.format(Locale.ROOT, "%09d", (999_999_900 + last4) % 1_000_000_000);
        String cell = String.format(Locale.ROOT, "%08d", 30_000_000 + last4);
        group("DINF")
                .put("DID", imei)
                .put("IMEI", imei)
                .put("ICCID", PlatformIds.iccid(imei))
                .put("IMSI", imsi);
        group("PUL").put("IMEI", imei).put("IMSI", imsi);
        group("IPADDR").put("RU0I41", "100.64." + last4 / 256 + "." + last4 % 256);
        group("NW").put("BSID", cell).put("NWID", cell).put("SID", cell);
        group("SCID").put("CID", cell);
    }

    private ObjectNode group(String name) {
        return Optional.of(diagnostic.path(name))
                .filter(JsonNode::isObject)
                .map(ObjectNode.class::cast)
                .orElseThrow(() -> new IllegalStateException("first-report.json has no group " + name));
    }
}
