package dev.fleetline.local.sources;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps every pump going, each on a thread of its own, and knows whether there is still work. */
public final class Pumps implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Pumps.class);
    private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(25);
    private static final Duration LAST_ROUND_ENDS_WITHIN = Duration.ofSeconds(5);

    private static final class Station {
        private volatile boolean stopped;
        private final Pump pump;
        private final AtomicLong idleRounds = new AtomicLong();

        Station(Pump pump) {
            this.pump = pump;
        }

        void run() {
            try {
                Pump.Found found = pump.round();
                while (found == Pump.Found.WORK && !stopped) {
                    idleRounds.set(0);
                    found = pump.round();
                }
                idleRounds.set(found == Pump.Found.NOTHING ? idleRounds.get() + 1 : 0);
            } catch (RuntimeException e) {
                // the next round tries again; without this the pump would stand still for ever, and in silence
                idleRounds.set(0);
                LOG.error("a round of a pump failed", e);
            }
        }
    }

    private final List<Station> stations;
    private final ScheduledExecutorService threads;

    private Pumps(List<Station> stations, ScheduledExecutorService threads) {
        this.stations = stations;
        this.threads = threads;
    }

    /** Starts them all. */
    public static Pumps start(List<Pump> pumps) {
        List<Station> stations = pumps.stream().map(Station::new).toList();
        ScheduledExecutorService threads = Executors.newScheduledThreadPool(
                Math.max(1, stations.size()),
                Thread.ofPlatform().daemon().name("pump-", 0).factory());
        for (Station station : stations) {
            var _ = threads.scheduleWithFixedDelay(station::run, 0, BETWEEN_ROUNDS.toMillis(), TimeUnit.MILLISECONDS);
        }
        return new Pumps(stations, threads);
    }

    /** How many rounds in a row each pump has found nothing; the least of all pumps. */
    public long idleRounds() {
        return stations.stream()
                .mapToLong(station -> station.idleRounds.get())
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Starts the count of idle rounds anew. */
    public void restartCount() {
        stations.forEach(station -> station.idleRounds.set(0));
    }

    @Override
    public void close() {
        // rounds end by themselves: an interrupt would only make a call to the queue fail aloud
        stations.forEach(station -> station.stopped = true);
        threads.shutdown();
        try {
            if (!threads.awaitTermination(LAST_ROUND_ENDS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
                LOG.warn("a pump did not stop within {}", LAST_ROUND_ENDS_WITHIN);
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
