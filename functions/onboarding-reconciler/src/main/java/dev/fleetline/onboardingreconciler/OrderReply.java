package dev.fleetline.onboardingreconciler;

import dev.fleetline.device.Consequences.HistoryEntry;
import dev.fleetline.device.Device;
import dev.fleetline.device.Lifecycle;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;

/**
 * What came of a question or a decision about one order.
 *
 * @param outcome {@code done}; {@code already} when nothing was to do; {@code refused} for {@code reason}; {@code unknown}
 *     when no such device was ever ordered
 * @param order how it stands now
 * @param history where it is shown, the newest lines of its device, the newest last
 */
record OrderReply(
        String task,
        String outcome,
        Optional<String> reason,
        Optional<Line> order,
        Optional<List<HistoryEntry>> history)
        implements ReconcilerReply {

    static final String DONE = "done";
    static final String ALREADY = "already";
    static final String REFUSED = "refused";

    /**
     * An order, as a person looks at it.
     *
     * @param sim the last digits of the SIM
     * @param code why it failed or waits, where there is a reason
     * @param lookAt when it is looked at by itself; {@code until} when it goes on by itself
     * @param unclear how many times nobody knew whether its activation had been sent
     */
    record Line(
            String imei,
            String state,
            Instant since,
            Optional<String> code,
            Instant orderedAt,
            Optional<Instant> lookAt,
            Optional<Instant> until,
            String onboardingId,
            String carrier,
            String sim,
            Optional<String> requestId,
            int unclear) {

        static Line of(Device device) {
            Device.Progress progress = device.progress();
            return new Line(
                    device.imei().digits(),
                    device.lifecycle().name(),
                    device.lifecycle().since(),
                    device.lifecycle().code(),
                    progress.orderedAt(),
                    progress.lookAt(),
                    device.lifecycle() instanceof Lifecycle.Parked parked ? parked.until() : Optional.empty(),
                    device.order().onboardingId(),
                    device.order().carrier(),
                    device.order().iccid().toString(),
                    progress.requestId(),
                    progress.unclear());
        }
    }

    static OrderReply of(String task, String outcome, Optional<String> reason, Device device) {
        return new OrderReply(task, outcome, reason, Optional.of(Line.of(device)), Optional.empty());
    }

    static OrderReply shown(Device device, List<HistoryEntry> history) {
        return new OrderReply("order", DONE, Optional.empty(), Optional.of(Line.of(device)), Optional.of(history));
    }

    static OrderReply unknown(String task) {
        return new OrderReply(
                task,
                "unknown",
                Optional.of("no such device was ever ordered here"),
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public void log(Logger log) {
        log.info("{}: {}", task, outcome);
    }
}
