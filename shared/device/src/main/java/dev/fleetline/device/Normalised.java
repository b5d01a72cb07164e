package dev.fleetline.device;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A message of the platform, brought to a {@link Report} or refused with a reason.
 *
 * <p>Input is the parsed JSON as plain maps, lists, strings and numbers, so that the domain needs no JSON library.
 */
public sealed interface Normalised {

    /** It says something about a device. */
    record Understood(Report report) implements Normalised {}

    /** It does not; {@code code} is short and for counting, {@code detail} is for people and holds no personal id. */
    record Refused(String code, String detail) implements Normalised {}

    /**
     * The resource that {@code GET /devices/{id}} answers. Its readings have the document's {@code lastupdated}: the
     * device's own times are not in it.
     */
    static Normalised document(Map<String, ?> document) {
        Optional<Instant> updated = WireValue.text(document, "lastupdated").flatMap(WireTime::read);
        if (updated.isEmpty()) {
            return new Refused("NO_TIME", "the device document has no readable lastupdated");
        }
        return report(document, WireValue.text(document, "id"), imei(document), updated.get());
    }

    /**
     * The data of a streamed {@code ts.event}: only the fields that changed. Their time is the device's own
     * ({@code createdon}) when it lies between 7 days before and 5 minutes after the platform's ({@code lastupdated}),
     * else the platform's; and the platform's counts for no later than it was received.
     */
    static Normalised event(Map<String, ?> data, Instant receivedAt) {
        Optional<Instant> platform = WireValue.text(data, "lastupdated")
                .flatMap(WireTime::read)
                .map(updated -> believable(updated, receivedAt));
        Optional<Instant> device = WireValue.text(data, "createdon").flatMap(WireTime::read);
        Optional<Instant> at = platform.map(updated ->
                device.filter(created -> isBelievable(created, updated)).orElse(updated));
        if (at.isEmpty()) {
            return new Refused("NO_TIME", "the event has no readable lastupdated");
        }
        return report(data, WireValue.text(data, "deviceid"), imeiOfTransaction(data), at.get());
    }

    /** A time that somebody names, unless it lies more than 5 minutes after we heard of it: then that moment. */
    static Instant believable(Instant named, Instant receivedAt) {
        return named.isAfter(receivedAt.plus(Duration.ofMinutes(5))) ? receivedAt : named;
    }

    private static boolean isBelievable(Instant device, Instant platform) {
        return !device.isBefore(platform.minus(Duration.ofDays(7)))
                && !device.isAfter(platform.plus(Duration.ofMinutes(5)));
    }

    private static Normalised report(Map<String, ?> message, Optional<String> id, Optional<Imei> imei, Instant at) {
        Optional<DeviceId> uid = id.flatMap(text -> valid(() -> DeviceId.parse(text)));
        if (uid.isEmpty() && imei.isEmpty()) {
            return id.isEmpty()
                    ? new Refused("NO_DEVICE", "the message names no device")
                    : new Refused("BAD_DEVICE_ID", "the device id has not the shape of a ThingSpace id");
        }
        return new Understood(new Report(uid, imei, at, readings(message, at), cell(message)));
    }

    private static Map<Measure, Reading> readings(Map<String, ?> message, Instant at) {
        Map<Measure, Reading> readings = new EnumMap<>(Measure.class);
        WireValue.number(message, 0, 100, "fields", "battery")
                .or(() -> WireValue.number(message, 0, 100, "diagnostic", "BTR", "PERC"))
                .ifPresent(percent -> readings.put(Measure.BATTERY, new Reading(at, percent, charging(message))));
        WireValue.number(message, -160, -20, "diagnostic", "SCM", "RSRP")
                .or(() -> WireValue.number(message, -160, -20, "diagnostic", "NW", "4gSIS"))
                .or(() -> WireValue.number(message, -160, -20, "fields", "signalStrength"))
                .ifPresent(dbm -> readings.put(Measure.RSRP, Reading.of(at, dbm)));
        WireValue.number(message, -45, 20, "diagnostic", "SCM", "RSRQ")
                .ifPresent(db -> readings.put(Measure.RSRQ, Reading.of(at, db)));
        WireValue.text(message, "diagnostic", "NW", "SST")
                .ifPresent(state ->
                        readings.put(Measure.SERVICE, Reading.of(at, state.equalsIgnoreCase("In Service") ? 1 : 0)));
        return readings;
    }

    /** Only plain words count: a raw status byte (U+0001 was seen) has no published meaning. */
    private static Charging charging(Map<String, ?> message) {
        return WireValue.text(message, "diagnostic", "BTR", "STS")
                .map(state -> switch (state.toLowerCase(Locale.ROOT)) {
                    case "charging" -> Charging.YES;
                    case "discharging", "not charging", "not_charging" -> Charging.NO;
                    default -> Charging.UNKNOWN;
                })
                .orElse(Charging.UNKNOWN);
    }

    private static Optional<String> cell(Map<String, ?> message) {
        return WireValue.text(message, "diagnostic", "SCID", "PLMN")
                .flatMap(plmn ->
                        WireValue.text(message, "diagnostic", "SCID", "CID").map(cid -> plmn + "-" + cid));
    }

    private static Optional<Imei> imei(Map<String, ?> document) {
        Optional<Imei> imei = document.get("imei") instanceof Number number
                ? valid(() -> Imei.of(number.longValue()))
                : WireValue.text(document, "imei").flatMap(text -> valid(() -> Imei.parse(text)));
        return imei.or(() -> WireValue.text(document, "refid").flatMap(text -> valid(() -> Imei.parse(text))));
    }

    /** An event names its IMEI only inside {@code transactionid}: {@code <imei>-OnBoard-<uuid>}. */
    private static Optional<Imei> imeiOfTransaction(Map<String, ?> data) {
        return WireValue.text(data, "transactionid")
                .filter(id -> id.indexOf('-') > 0)
                .map(id -> id.substring(0, id.indexOf('-')))
                .flatMap(text -> valid(() -> Imei.parse(text)));
    }

    private static <T> Optional<T> valid(Supplier<T> id) {
        try {
            return Optional.of(id.get());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
