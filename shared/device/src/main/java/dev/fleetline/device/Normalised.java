package dev.fleetline.device;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A message of the platform, brought to a {@link Report} or refused with a reason.
 *
 * <p>Input is the parsed JSON as plain maps, lists, strings and numbers, so that the domain needs no JSON library.
 */
public sealed interface Normalised {

    /** A message is on its way no longer than this, unless something keeps it. */
    Duration AT_ONCE = Duration.ofMinutes(10);

    /** It says something about a device. */
    record Understood(Report report) implements Normalised {}

    /** It does not; {@code code} is short and for counting, {@code detail} is for people and holds no personal id. */
    record Refused(String code, String detail) implements Normalised {}

    /**
     * The resource that {@code GET /devices/{id}} answers. Its readings have the document's {@code lastupdated}: the
     * device's own times are not in it. It holds every value, also what has not changed since the last one.
     * Its time counts for no later than it was received.
     */
    static Normalised document(Map<String, ?> document, Instant receivedAt) {
        Optional<Instant> updated = WireValue.text(document, "lastupdated")
                .flatMap(WireTime::read)
                .map(time -> believable(time, receivedAt));
        if (updated.isEmpty()) {
            return new Refused("NO_TIME", "the device document has no readable lastupdated");
        }
        return report(document, WireValue.text(document, "id"), imeis(document), updated.get(), updated.get(), true);
    }

    /**
     * The data of a streamed {@code ts.event}: only the fields that changed. Their time is the device's own
     * ({@code createdon}) when it lies between 7 days before and 5 minutes after the platform's ({@code lastupdated}),
     * else the platform's; and the platform's counts for no later than it was received. A device whose clock is behind, or
     * that has kept its message for long, was heard when the platform had it.
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
        Instant seen = platform.filter(updated -> updated.isAfter(at.get().plus(AT_ONCE)))
                .orElseGet(at::get);
        return report(data, WireValue.text(data, "deviceid"), imeis(data), at.get(), seen, false);
    }

    /** A time that somebody names, unless it lies more than 5 minutes after we heard of it: then that moment. */
    static Instant believable(Instant named, Instant receivedAt) {
        return named.isAfter(receivedAt.plus(Duration.ofMinutes(5))) ? receivedAt : named;
    }

    private static boolean isBelievable(Instant device, Instant platform) {
        return !device.isBefore(platform.minus(Duration.ofDays(7)))
                && !device.isAfter(platform.plus(Duration.ofMinutes(5)));
    }

    private static Normalised report(
            Map<String, ?> message,
            Optional<String> id,
            List<Imei> imeis,
            Instant time,
            Instant seen,
            boolean isDocument) {
        Optional<DeviceId> uid = id.flatMap(text -> valid(() -> DeviceId.parse(text)));
        if (uid.isEmpty() && imeis.isEmpty()) {
            return id.isEmpty()
                    ? new Refused("NO_DEVICE", "the message names no device")
                    : new Refused("BAD_DEVICE_ID", "the device id has not the shape of a ThingSpace id");
        }
        Instant at = time.truncatedTo(ChronoUnit.MILLIS);
        return new Understood(new Report(
                uid,
                imeis.stream().findFirst(),
                at,
                seen.truncatedTo(ChronoUnit.MILLIS),
                readings(message, at),
                cell(message),
                imeis.stream().skip(1).findFirst(),
                WireValue.text(message, "diagnostic", "DINF", "ICCID").flatMap(text -> valid(() -> Iccid.parse(text))),
                isDocument));
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
        WireValue.number(message, -30, 50, "diagnostic", "SCM", "SINR")
                .ifPresent(db -> readings.put(Measure.SINR, Reading.of(at, db)));
        WireValue.text(message, "diagnostic", "NW", "SST")
                .ifPresent(state ->
                        readings.put(Measure.SERVICE, Reading.of(at, state.equalsIgnoreCase("In Service") ? 1 : 0)));
        return readings;
    }

    /** Only plain words count: a raw status byte (U+0001 was seen) has no published meaning. */
    private static Charging charging(Map<String, ?> message) {
        Charging said = WireValue.text(message, "diagnostic", "BTR", "STS")
                .map(state -> switch (state.toLowerCase(Locale.ROOT)) {
                    case "charging" -> Charging.YES;
                    case "discharging", "not charging", "not_charging" -> Charging.NO;
                    default -> Charging.UNKNOWN;
                })
                .orElse(Charging.UNKNOWN);
        return said == Charging.UNKNOWN ? chargingFrom(message) : said;
    }

    private static Charging chargingFrom(Map<String, ?> message) {
        return WireValue.text(message, "diagnostic", "BTR", "CSRC")
                .map(source -> switch (source.toLowerCase(Locale.ROOT)) {
                    case "ac", "usb", "wireless", "solar", "external" -> Charging.YES;
                    case "none", "battery" -> Charging.NO;
                    default -> Charging.UNKNOWN;
                })
                .orElse(Charging.UNKNOWN);
    }

    private static Optional<String> cell(Map<String, ?> message) {
        return WireValue.text(message, "diagnostic", "SCID", "PLMN")
                .flatMap(plmn ->
                        WireValue.text(message, "diagnostic", "SCID", "CID").map(cid -> plmn + "-" + cid));
    }

    /**
     * Every IMEI that the message names, each once. An event that says little names one inside {@code transactionid} alone:
     * {@code <imei>-OnBoard-<uuid>}.
     */
    private static List<Imei> imeis(Map<String, ?> message) {
        Stream<Optional<Imei>> named = Stream.of(
                message.get("imei") instanceof Number number
                        ? valid(() -> Imei.of(number.longValue()))
                        : imei(WireValue.text(message, "imei")),
                imei(WireValue.text(message, "refid")),
                imei(WireValue.text(message, "transactionid")
                        .filter(id -> id.indexOf('-') > 0)
                        .map(id -> id.substring(0, id.indexOf('-')))),
                imei(WireValue.text(message, "diagnostic", "DINF", "IMEI")),
                imei(WireValue.text(message, "diagnostic", "PUL", "IMEI")));
        return named.flatMap(Optional::stream).distinct().toList();
    }

    private static Optional<Imei> imei(Optional<String> text) {
        return text.flatMap(digits -> valid(() -> Imei.parse(digits)));
    }

    private static <T> Optional<T> valid(Supplier<T> id) {
        try {
            return Optional.of(id.get());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
