package dev.fleetline.device;

import dev.fleetline.device.Circumstances.PlatformFault;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When a device woke up to report, as far as that is kept, and how often it does.
 *
 * <p>The first report of each ten minutes is kept, so that the same reports end alike in any order and any repetition. A
 * wake that crosses such a border is one wake all the same.
 *
 * @param firsts whole seconds, oldest first, at most {@link #KEPT}
 */
public record Wakes(List<Instant> firsts) {

    /** What 31 wakes need, some of which cross a border. */
    public static final int KEPT = 40;

    /** Of a device that has not reported yet. */
    public static final Wakes NONE = new Wakes(List.of());

    /** Reports that follow the first one sooner than this are one wake. */
    private static final Duration ONE_WAKE = Duration.ofMinutes(10);

    private static final int GAPS = 30;
    private static final int ENOUGH_GAPS = 8;
    private static final double MOST = 0.95;

    private static final Duration SHORTEST = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofDays(7);

    public Wakes {
        firsts = List.copyOf(firsts);
        if (firsts.size() > KEPT) {
            throw new IllegalArgumentException("at most " + KEPT + " wakes are kept: " + firsts.size());
        }
    }

    /** With a report of this time; these wakes themselves when it says nothing new. */
    Wakes with(Instant report) {
        Instant at = report.truncatedTo(ChronoUnit.SECONDS);
        int place = firsts.size();
        while (place > 0 && part(firsts.get(place - 1)) > part(at)) {
            place--;
        }
        List<Instant> merged = new ArrayList<>(firsts);
        if (place > 0 && part(firsts.get(place - 1)) == part(at)) {
            if (!at.isBefore(firsts.get(place - 1))) {
                return this;
            }
            merged.set(place - 1, at);
        } else if (place == 0 && firsts.size() == KEPT) {
            return this;
        } else {
            merged.add(place, at);
        }
        return new Wakes(merged.subList(Math.max(0, merged.size() - KEPT), merged.size()));
    }

    /** When each wake began, oldest first. */
    List<Instant> starts() {
        List<Instant> starts = new ArrayList<>();
        for (Instant first : firsts) {
            if (starts.isEmpty() || Duration.between(starts.getLast(), first).compareTo(ONE_WAKE) >= 0) {
                starts.add(first);
            }
        }
        return starts;
    }

    /**
     * What is learned from the gaps between them; empty while they are too few. A gap that one of our own faults lies in
     * does not count, nor one that ended a loss: that was longer than the gaps before it allow, or than {@code unlearned}
     * does while those are too few.
     */
    Optional<Duration> interval(Expected unlearned, double lostAfter, double slackPercent, List<PlatformFault> faults) {
        List<Duration> gaps = new ArrayList<>();
        List<Instant> starts = starts();
        for (int i = 1; i < starts.size(); i++) {
            Instant from = starts.get(i - 1);
            Instant to = starts.get(i);
            Duration gap = Duration.between(from, to);
            Expected expected = learned(gaps)
                    .map(interval -> Expected.of(interval, slackPercent, "learned"))
                    .orElse(unlearned);
            boolean isLoss = gap.compareTo(expected.silence(lostAfter)) >= 0;
            if (!isLoss && faults.stream().noneMatch(fault -> fault.overlaps(from, to))) {
                gaps.add(gap);
            }
        }
        return learned(gaps);
    }

    private static Optional<Duration> learned(List<Duration> gaps) {
        if (gaps.size() < ENOUGH_GAPS) {
            return Optional.empty();
        }
        List<Duration> last = gaps.subList(Math.max(0, gaps.size() - GAPS), gaps.size()).stream()
                .sorted()
                .toList();
        Duration most = last.get((int) Math.ceil(MOST * last.size()) - 1);
        if (most.compareTo(SHORTEST) < 0) {
            return Optional.of(SHORTEST);
        }
        return Optional.of(most.compareTo(LONGEST) > 0 ? LONGEST : most);
    }

    private static long part(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), ONE_WAKE.toSeconds());
    }
}
