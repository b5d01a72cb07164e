package dev.fleetline.fleetgenerator;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the platform makes of a report.
 *
 * @param at when it was really measured
 * @param lastUpdated when the platform had it
 * @param report counts the device's reports
 * @param charging the device's own word, where it has one for it
 */
record PlatformMessage(
        Member member,
        Instant at,
        Instant lastUpdated,
        int report,
        Optional<Integer> battery,
        Optional<String> charging,
        double rsrp,
        boolean inService) {

    private static final Duration SINCE_1970 = Duration.ofDays(3);

    /** The data of a streamed {@code ts.event}. */
    Map<String, Object> event() {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("action", "update");
        event.put("createdon", clock().truncatedTo(ChronoUnit.SECONDS).toString());
        event.put("deviceid", member.uid().value());
        event.put("fields", Map.of("battery", battery.map(String::valueOf).orElse("Not_Available")));
        event.put("diagnostic", diagnostic());
        event.put("id", String.format("e0e1f001-0000-6abc-e004-%012x", member.number()));
        event.put("kind", "ts.event");
        event.put("lastupdated", lastUpdated.toString());
        event.put("state", "update");
        event.put("transactionid", member.imei().digits() + "-OnBoard-55555555-5555-4555-8555-555555555555");
        event.put("version", "1.0");
        event.put("versionid", String.format("4c8c15b0-1649-%04x-8a11-%012x", report >>> 16, versionNumber()));
        return event;
    }

    /** The resource that {@code GET /devices/{id}} would answer. */
    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", member.uid().value());
        document.put("imei", Long.valueOf(member.imei().digits()));
        document.put("kind", "ts.device");
        document.put("lastupdated", lastUpdated.toString());
        document.put("fields", Map.of("battery", battery.map(String::valueOf).orElse("Not_Available")));
        document.put("diagnostic", diagnostic());
        document.put("state", "ready");
        return document;
    }

    private long versionNumber() {
        return ((long) member.number() << 16) | (report & 0xffff);
    }

    private Instant clock() {
        if (member.kind() == Kind.CLOCK_OF_1970) {
            return Instant.EPOCH.plus(SINCE_1970);
        }
        int daysWrong = member.kind() == Kind.CLOCK_AHEAD ? 1 : member.kind() == Kind.CLOCK_BEHIND ? -1 : 0;
        return at.plus(Duration.ofDays(daysWrong));
    }

    private Map<String, Object> diagnostic() {
        Map<String, Object> diagnostic = new LinkedHashMap<>();
        diagnostic.put("BTR", Map.of("STS", charging.orElse("Not_Supported")));
        diagnostic.put("SCM", Map.of("RSRP", String.valueOf(Math.round(rsrp))));
        diagnostic.put("NW", Map.of("SST", inService ? "In Service" : "Limited Service"));
        member.site()
                .ifPresent(site -> diagnostic.put(
                        "SCID", Map.of("PLMN", "311480", "CID", Integer.toHexString(site.hashCode() & 0xfffffff))));
        return diagnostic;
    }
}
