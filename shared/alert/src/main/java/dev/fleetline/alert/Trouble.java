package dev.fleetline.alert;

import static java.util.Objects.requireNonNull;

import dev.fleetline.device.Condition;
import dev.fleetline.device.Finding;
import dev.fleetline.device.Finding.Cause;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Severity;
import dev.fleetline.fleetevents.AlertDetail.Devices;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is true of a subject that is more than one device. One of severity NONE is what ends its alert.
 *
 * @param since when it began; the time of judging when there is none
 * @param devices those that are lost together, where devices are
 * @param reason what is wrong and what to do first, as a person would say it: {@code its token cannot be renewed since
 *     somebody must sign in; authorise it again}
 */
public record Trouble(
        Subject subject,
        Condition condition,
        Severity severity,
        Instant since,
        Optional<Devices> devices,
        Optional<String> reason) {

    /** How many devices an event names. */
    public static final int NAMED = 50;

    public Trouble {
        requireNonNull(subject, "subject");
        if (subject instanceof Subject.OfDevice) {
            throw new IllegalArgumentException("a single device is judged by its own readings");
        }
        boolean isPlatform =
                switch (condition) {
                    case TOKEN, STREAM, REPORTS_MISSED -> true;
                    case NETWORK_LOST -> false;
                    case BATTERY_LOW, BATTERY_UNKNOWN, SIGNAL_WEAK, NEVER_SEEN, SIM_NOT_ACTIVE, IDENTITY_CONFLICT ->
                        throw new IllegalArgumentException("only a device can have " + condition);
                };
        if (isPlatform != subject instanceof Subject.OfPlatform) {
            throw new IllegalArgumentException(condition + " is not of " + subject.about());
        }
    }

    /** So many devices of a site, a cell or the fleet are lost; the first {@link #NAMED} of them are named. */
    public static Trouble lostTogether(Subject subject, Severity severity, Instant since, List<Imei> lost, int of) {
        List<String> first = lost.stream().limit(NAMED).map(Imei::digits).toList();
        return new Trouble(
                subject,
                Condition.NETWORK_LOST,
                severity,
                since,
                Optional.of(new Devices(lost.size(), of, first)),
                Optional.empty());
    }

    /** A token, a stream or a listener is not well, or reports were missed. */
    public static Trouble ofPlatform(String service, Condition condition, Instant since, String reason) {
        return new Trouble(
                new Subject.OfPlatform(service),
                condition,
                Severity.CRITICAL,
                since,
                Optional.empty(),
                Optional.of(reason));
    }

    /** What was wrong is over. */
    public static Trouble over(Subject subject, Condition condition, Instant now) {
        return new Trouble(subject, condition, Severity.NONE, now, Optional.empty(), Optional.empty());
    }

    /** As far as the alert itself knows. */
    static Trouble still(Alert.Open open) {
        return new Trouble(
                open.subject(),
                open.condition(),
                open.holding().severity(),
                open.holding().since(),
                Optional.empty(),
                Optional.empty());
    }

    int occurrences() {
        return devices.map(Devices::lost).orElse(severity == Severity.NONE ? 0 : 1);
    }

    Finding finding(Instant now) {
        return new Finding(condition, severity, since, Optional.empty(), Cause.UNKNOWN, occurrences(), now);
    }
}
