package dev.fleetline.healthsweep;

import dev.fleetline.device.Circumstances;
import dev.fleetline.device.Circumstances.PlatformFault;
import dev.fleetline.device.Condition;
import dev.fleetline.sweepfiles.SweptFaults.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Our own faults of the last weeks. Those by which reports may not reach us excuse silence; a listener's excuses
 * nothing.
 *
 * @param spans in no particular order
 */
record Faults(List<Span> spans) {

    static final Faults NONE = new Faults(List.of());

    /** Three of the longest intervals, after which even the rarest reporter is heard or lost. */
    private static final Duration KEPT = Duration.ofDays(30);

    Faults {
        spans = List.copyOf(spans);
    }

    /** Whether it is this one that lasts. */
    static boolean isOf(Span span, Fault fault) {
        return span.service().equals(fault.service()) && span.condition() == fault.condition();
    }

    /** The same after a look at those of these conditions that found just these. */
    Faults seen(List<Fault> found, List<Condition> lookedAt, Instant now) {
        List<Span> next = new ArrayList<>();
        for (Span span : spans) {
            boolean isOver = span.to().isEmpty()
                    && lookedAt.contains(span.condition())
                    && found.stream().noneMatch(fault -> isOf(span, fault));
            Span kept = isOver ? new Span(span.service(), span.condition(), span.from(), Optional.of(now)) : span;
            if (kept.to().filter(to -> to.plus(KEPT).isBefore(now)).isEmpty()) {
                next.add(kept);
            }
        }
        found.stream()
                .filter(fault -> spans.stream().noneMatch(span -> span.to().isEmpty() && isOf(span, fault)))
                .map(fault -> new Span(fault.service(), fault.condition(), fault.since(), Optional.empty()))
                .forEach(next::add);
        return new Faults(next);
    }

    /** Those that go on. */
    List<Span> present() {
        return spans.stream().filter(span -> span.to().isEmpty()).toList();
    }

    /** Whether one goes on by which no silence counts. */
    boolean excuseSilence() {
        return present().stream().anyMatch(Span::excusesSilence);
    }

    /** Those that go on, by the subject of its alert, {@code platform#core}. */
    List<String> subjects() {
        return present().stream()
                .map(span -> "platform#" + span.service())
                .distinct()
                .sorted()
                .toList();
    }

    /** What they mean for a device that is judged now. */
    Circumstances circumstances(Instant now) {
        return Circumstances.of(spans.stream()
                .filter(Span::excusesSilence)
                .map(span -> new PlatformFault(span.from(), span.to().orElse(now)))
                .toList());
    }
}
