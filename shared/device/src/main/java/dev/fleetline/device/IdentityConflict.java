package dev.fleetline.device;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * That a device's reports name it otherwise than it was registered.
 *
 * @param kind {@code imei} or {@code iccid}
 * @param named the id that was named and is not ours; never in a log
 * @param since the time of the report that did
 * @param settled whether a person has said that this is as it should be: the same again is no conflict then
 */
public record IdentityConflict(String kind, String named, Instant since, boolean settled) {

    private static final Comparator<IdentityConflict> FIRST = Comparator.comparing(IdentityConflict::since)
            .thenComparing(IdentityConflict::kind)
            .thenComparing(IdentityConflict::named);

    public IdentityConflict {
        requireNonNull(kind, "kind");
        requireNonNull(named, "named");
        requireNonNull(since, "since");
    }

    /** What a report that was received then says against how the device is known; empty when nothing. */
    static Optional<IdentityConflict> between(Device device, Report report, Instant receivedAt) {
        return Stream.of(report.imei(), report.otherImei())
                .flatMap(Optional::stream)
                .filter(imei -> !imei.equals(device.imei()))
                .findFirst()
                .map(imei -> new IdentityConflict("imei", imei.digits(), report.at(), false))
                .or(() -> report.iccid()
                        .filter(sim -> !sim.equals(device.order().iccid())
                                && receivedAt.isAfter(device.said().sim()))
                        .map(sim -> new IdentityConflict("iccid", sim.digits(), report.at(), false)));
    }

    /** Of two, the one that is kept. */
    IdentityConflict and(IdentityConflict other) {
        if (isOf(other)) {
            return settled ? this : FIRST.compare(this, other) <= 0 ? this : other;
        }
        return settled || FIRST.compare(other, this) < 0 ? other : this;
    }

    IdentityConflict settle() {
        return new IdentityConflict(kind, named, since, true);
    }

    private boolean isOf(IdentityConflict other) {
        return kind.equals(other.kind) && named.equals(other.named);
    }

    /** Without the id. */
    @Override
    public String toString() {
        return "IdentityConflict[" + kind + " …" + named.substring(Math.max(0, named.length() - 4)) + ", since " + since
                + (settled ? ", settled]" : "]");
    }
}
