package dev.fleetline.thingspacesimulator.devices;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.web.Json;
import dev.fleetline.thingspacesimulator.wire.PlatformIds;
import dev.fleetline.thingspacesimulator.wire.PlatformTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One device. Belongs to the book it is in, and is only touched under the book's lock. */
final class SimulatedDevice {

    /** The platform has a report this long after the device took it. */
    private static final Duration ON_THE_WAY = Duration.ofMillis(23_786);

    /** A tracker's history on the platform lasts 90 days; here it lasts this many events. */
    private static final int EVENTS_KEPT = 1_000;

    private final String id;
    private final NewDevice described;
    private final Instant createdOn;
    private final PlatformIds ids;
    private final List<DeviceEvent> events = new ArrayList<>();
    private DeviceState state = new DeviceState.Registered();
    private Instant lastUpdated;
    private String versionId;
    private Optional<Telemetry> telemetry = Optional.empty();
    private Optional<Instant> lastReport = Optional.empty();

    SimulatedDevice(String id, NewDevice described, Instant createdOn, PlatformIds ids) {
        this.id = id;
        this.described = described;
        this.createdOn = createdOn;
        this.ids = ids;
        this.lastUpdated = createdOn;
        this.versionId = ids.version(createdOn);
    }

    String id() {
        return id;
    }

    String imei() {
        return described.imei();
    }

    DeviceState state() {
        return state;
    }

    Optional<Instant> lastReport() {
        return lastReport;
    }

    /** Becomes ready if it has checked in: the document then says that it changed at that time, not now. */
    void settle(Instant now, Led led) {
        if (state instanceof DeviceState.Activating(var readyAt) && led.canCheckIn()) {
            Instant checkIn = led.since().isAfter(readyAt) ? led.since() : readyAt;
            if (!now.isBefore(checkIn)) {
                become(new DeviceState.Ready(), checkIn);
            }
        }
    }

    /** Is to be active; that this is so may be seen in the document from now on, or only when it is ready. */
    void activate(Instant now, Duration delay, boolean isSeen) {
        state = new DeviceState.Activating(now.plus(delay));
        if (isSeen) {
            touch(now.isAfter(lastUpdated) ? now : lastUpdated);
        }
    }

    void deactivate(Instant now) {
        become(new DeviceState.Registered(), now);
    }

    /**
     * Takes a report in. One that is older than the last is an event like any other, but the document keeps the newer values.
     */
    DeviceEvent report(Report report, Instant at, UUID transaction, boolean remembered) {
        Telemetry instruments = telemetry.orElseGet(() -> Telemetry.of(imei(), at));
        boolean newest = lastReport.map(last -> !at.isBefore(last)).orElse(true);
        Telemetry seen = newest ? instruments : instruments.copy();
        ObjectNode changed = seen.measure(report);
        Instant received = at.plus(ON_THE_WAY);
        if (newest) {
            telemetry = Optional.of(instruments);
            lastReport = Optional.of(at);
            touch(received.isAfter(lastUpdated) ? received : lastUpdated);
        }
        ObjectNode data = Json.object()
                .put("action", "update")
                .put("createdon", PlatformTimes.seconds(at))
                .put("deviceid", id);
        report.serviceState()
                .ifPresent(
                        service -> data.putObject("diagnostic").putObject("NW").put("SST", service));
        data.set("fields", changed);
        data.put("id", ids.nextEvent())
                .put("kind", "ts.event")
                .put("lastupdated", PlatformTimes.millis(received))
                .put("state", "update");
        data.putArray("tagids").add(PlatformIds.TAG);
        data.put("transactionid", imei() + "-OnBoard-" + transaction)
                .put("version", "1.0")
                .put("versionid", ids.version(received));
        DeviceEvent event = new DeviceEvent(data);
        if (remembered) {
            remember(event);
        }
        return event;
    }

    /** Such events have times to the nanosecond and no version. */
    DeviceEvent configured(ObjectNode configuration, String transaction, String newState, Instant now) {
        ObjectNode data = Json.object()
                .put("action", "set")
                .put("createdon", PlatformTimes.nanos(now))
                .put("deviceid", id);
        data.putObject("fields").set("configuration", configuration.deepCopy());
        data.put("foreignid", imei())
                .put("id", ids.nextEvent())
                .put("kind", "ts.event.configuration")
                .put("lastupdated", PlatformTimes.nanos(now))
                .put("name", "SetConfigurationReq")
                .put("state", newState)
                .put("transactionid", transaction)
                .put("version", "1.0");
        DeviceEvent event = new DeviceEvent(data);
        remember(event);
        return event;
    }

    private void remember(DeviceEvent event) {
        events.add(event);
        if (events.size() > EVENTS_KEPT) {
            events.removeFirst();
        }
    }

    /** Its events, newest first by the device's time. */
    List<DeviceEvent> history() {
        // the sort is stable, so of equal times the one that came later is first
        return events.reversed().stream()
                .sorted((a, b) -> b.data()
                        .path("createdon")
                        .asText()
                        .compareTo(a.data().path("createdon").asText()))
                .toList();
    }

    /** The document, with the IMEI in all its places and forms. */
    ObjectNode document() {
        ObjectNode document = Json.object()
                .put("qrcode", imei())
                .put("imei", Long.parseLong(imei()))
                .put("refidtype", "imei")
                .put("refid", imei())
                .put("providerid", described.providerId())
                .put("state", state.spelling())
                .put("eventretention", 90);
        document.putArray("tagids").add(PlatformIds.TAG);
        document.put("id", id)
                .put("kind", described.kind())
                .put("version", described.version())
                .put("versionid", versionId)
                .put("createdon", PlatformTimes.millis(createdOn))
                .put("lastupdated", PlatformTimes.millis(lastUpdated))
                .put("name", described.name())
                .put("description", described.description());
        telemetry.ifPresent(seen -> {
            document.set("diagnostic", seen.diagnostic());
            document.set("fields", seen.fields());
        });
        return document;
    }

    private void become(DeviceState next, Instant when) {
        state = next;
        touch(when.isAfter(lastUpdated) ? when : lastUpdated);
    }

    private void touch(Instant when) {
        lastUpdated = when;
        versionId = ids.version(when);
    }
}
