package dev.fleetline.thingspacesimulator.clock;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be done later on the simulator's clock.
 *
 * <p>However far the clock jumps, things are done one after the other in the order of their times, also those that were put
 * down by an earlier one of the same jump. Each is told the time it was due at, because the clock itself is already past it.
 */
public final class Agenda {

    private static final Logger LOG = LoggerFactory.getLogger(Agenda.class);

    private record Entry(Instant due, long number, Consumer<Instant> task) {}

    private final InstantSource clock;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparing(Entry::due).thenComparingLong(Entry::number));
    private long written;
    private long taken;

    /** An empty agenda on that clock. */
    public Agenda(InstantSource clock) {
        this.clock = clock;
    }

    /** Puts {@code task} down for {@code due}; equal times keep the order in which they were put down. */
    public void at(Instant due, Consumer<Instant> task) {
        synchronized (entries) {
            entries.add(new Entry(due, written++, task));
        }
    }

    /** Does everything that is due by now and returns when it is done; waits for a thread that is already at it. */
    public void settle() {
        turn.lock();
        try {
            for (Optional<Entry> next = nextDue(); next.isPresent(); next = nextDue()) {
                run(next.get());
            }
        } finally {
            turn.unlock();
        }
    }

    /** How many things wait for their time. */
    public int waiting() {
        synchronized (entries) {
            return entries.size();
        }
    }

    /** Whether anything is due by now. */
    public boolean isDue() {
        synchronized (entries) {
            return peekDue().isPresent();
        }
    }

    /** How many things have been taken up so far, the one that is being done included. */
    public long taken() {
        synchronized (entries) {
            return taken;
        }
    }

    private Optional<Entry> nextDue() {
        synchronized (entries) {
            Optional<Entry> next = peekDue().map(_ -> entries.remove());
            taken += next.isPresent() ? 1 : 0;
            return next;
        }
    }

    private Optional<Entry> peekDue() {
        return Optional.ofNullable(entries.peek()).filter(entry -> !entry.due().isAfter(clock.instant()));
    }

    private static void run(Entry entry) {
        try {
            entry.task().accept(entry.due());
        } catch (RuntimeException e) {
            LOG.error("what was due at {} failed; the rest of the agenda goes on", entry.due(), e);
        }
    }
}
