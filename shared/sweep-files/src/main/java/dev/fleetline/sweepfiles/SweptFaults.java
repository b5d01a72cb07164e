package dev.fleetline.sweepfiles;

import static java.util.Objects.requireNonNull;

import dev.fleetline.device.Circumstances.PlatformFault;
import dev.fleetline.device.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Our own faults of the last weeks: one file beside those of all passes.
 *
 * @param spans in no particular order
 */
public record SweptFaults(List<Span> spans) {

    /** What the file is called. */
    public static final String FILE = "sweeps/faults.json";

    public SweptFaults {
        spans = List.copyOf(spans);
    }

    /**
     * A fault of one of our services; one without an end goes on.
     *
     * @param service whose, as the subject of its alert names it: {@code core}, {@code core/ts.event}, {@code reports}
     */
    public record Span(String service, Condition condition, Instant from, Optional<Instant> to) {
        public Span {
            requireNonNull(service, "service");
            requireNonNull(condition, "condition");
            requireNonNull(from, "from");
            requireNonNull(to, "to");
        }

        /** Whether reports may not have reached us meanwhile, so that no silence counts. */
        public boolean excusesSilence() {
            return PlatformFault.isOf(service);
        }
    }
}
