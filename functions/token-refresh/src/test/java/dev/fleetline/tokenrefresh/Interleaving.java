package dev.fleetline.tokenrefresh;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Several processes of which one moves at a time, from one effect to the next; which one, and which one dies, a list of
 * numbers says. A process that has died does nothing more: each of its effects fails, the tidying up too.
 */
final class Interleaving {

    /** The process dies here. */
    static final class Death extends RuntimeException {}

    private static final class Mover {
        private final Semaphore mayMove = new Semaphore(0);
        private final Semaphore hasStopped = new Semaphore(0);
        private volatile boolean dead;
        private volatile boolean done;
        private volatile String at = "begin";
    }

    private static final ThreadLocal<Mover> MINE = new ThreadLocal<>();
    private final List<Mover> processes = new ArrayList<>();
    private final List<String> deaths = new ArrayList<>();

    /** To be called at each effect of every fake; outside of a run it does nothing. */
    void effect(String effect) {
        Mover process = MINE.get();
        if (process == null) {
            return;
        }
        if (!process.dead) {
            process.at = effect;
            process.hasStopped.release();
            process.mayMove.acquireUninterruptibly();
        }
        if (process.dead) {
            throw new Death();
        }
    }

    /** Adds a process; it moves when {@link #run} says so. */
    void add(Runnable work) {
        var process = new Mover();
        processes.add(process);
        Thread.ofVirtual().start(() -> {
            MINE.set(process);
            process.mayMove.acquireUninterruptibly();
            try {
                work.run();
            } catch (Death death) {
                // that was its end
            } finally {
                process.done = true;
                process.hasStopped.release();
            }
        });
    }

    /**
     * Runs all to their end. Each number chooses the process that moves next; a number that {@code kills} kills it where
     * it stands. When the numbers run out, the first one that is not done moves.
     */
    void run(List<Integer> choices) {
        Iterator<Integer> next = choices.iterator();
        List<Mover> alive = new ArrayList<>(processes);
        while (!alive.isEmpty()) {
            int choice = next.hasNext() ? next.next() : 0;
            Mover process = alive.get(Math.floorMod(choice, alive.size()));
            if (choice < 0) {
                process.dead = true;
                deaths.add(process.at);
            }
            process.mayMove.release();
            process.hasStopped.acquireUninterruptibly();
            if (process.done) {
                alive.remove(process);
            }
        }
        processes.clear();
    }

    /** Where each death happened. */
    List<String> deaths() {
        return List.copyOf(deaths);
    }
}
