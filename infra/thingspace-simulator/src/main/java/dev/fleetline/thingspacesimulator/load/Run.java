package dev.fleetline.thingspacesimulator.load;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.clock.Agenda;
import dev.fleetline.thingspacesimulator.devices.DeviceBook;
import dev.fleetline.thingspacesimulator.devices.DeviceEvent;
import dev.fleetline.thingspacesimulator.devices.Report;
import dev.fleetline.thingspacesimulator.streaming.Attempt;
import dev.fleetline.thingspacesimulator.streaming.Deliveries;
import dev.fleetline.thingspacesimulator.streaming.Escort;
import dev.fleetline.thingspacesimulator.streaming.Parcel;
import dev.fleetline.thingspacesimulator.wire.PlatformIds;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One load, from its first report to the end of the last. The devices report in turns. It remembers no more than what is on
 * its way, and one held back report of each device.
 */
final class Run {

    /** With so many reports on their way, resends included, the next one waits. */
    private static final int ON_THE_WAY_AT_MOST = 20_000;

    private static final Duration POSTPONED_BY = Duration.ofSeconds(1);
    private static final int STRONGEST_RSRP = -80;
    private static final int RSRP_WANDERS_BY = 15;

    private final LoadOrder order;
    private final DeviceBook devices;
    private final Deliveries deliveries;
    private final Agenda agenda;
    private final Lane lane;
    private final Instant start;
    private final InstantSource clock;
    private final Random random;
    private final Counts counts = new Counts();
    private final Ledger ledger = new Ledger();
    private final AnswerTimes answerTimes;
    private final Map<String, DeviceEvent> heldBack = new ConcurrentHashMap<>();
    private final AtomicInteger unreported = new AtomicInteger();
    private final AtomicInteger onTheWay = new AtomicInteger();
    private volatile boolean ended;
    private volatile Instant lastAt;

    /** The agenda's alone. */
    private int next;

    Run(LoadOrder order, DeviceBook devices, Deliveries deliveries, Agenda agenda, Lane lane, InstantSource clock) {
        this.order = order;
        this.devices = devices;
        this.deliveries = deliveries;
        this.agenda = agenda;
        this.lane = lane;
        this.clock = clock;
        this.start = clock.instant();
        this.lastAt = start;
        this.answerTimes = new AnswerTimes(start);
        this.random = new Random(order.seed());
    }

    void begin() {
        for (int serial = 1; serial <= order.devices(); serial++) {
            devices.bringUp(PlatformIds.imei(serial));
        }
        agenda.at(start, this::report);
    }

    /** Sends no more reports; what is on its way goes its way. */
    void stop() {
        ended = true;
        heldBack.clear();
    }

    boolean isRunning() {
        return !ended || onTheWay.get() > 0;
    }

    ObjectNode toJson() {
        ObjectNode json = order.toJson()
                .put("running", isRunning())
                .put("startedAt", start.toString())
                .put("lastReportAt", lastAt.toString())
                .put("onTheWay", onTheWay.get())
                .put("heldBack", heldBack.size())
                .put("unreported", unreported.get());
        counts.writeTo(json);
        return json;
    }

    ArrayNode devicesToJson() {
        return ledger.toJson();
    }

    ArrayNode answersToJson() {
        return answerTimes.toJson();
    }

    /** Holds no lock: it may have to wait for a free lane, and what runs there must be able to come home. */
    private void report(Instant due) {
        if (ended) {
            return;
        }
        if (onTheWay.get() >= ON_THE_WAY_AT_MOST) {
            agenda.at(due.plus(POSTPONED_BY), this::report);
            return;
        }
        lastAt = due;
        String imei = PlatformIds.imei(next % order.devices() + 1);
        Fate fate = fate();
        Report report = new Report(imei, Optional.of(due), Optional.empty(), Optional.of(rsrp()), Optional.empty());
        if (devices.report(report, false) instanceof DeviceBook.Reported.Taken(var event)) {
            handOver(imei, event, fate, due);
        } else {
            // somebody has taken the device out or off the network meanwhile
            unreported.incrementAndGet();
        }
        next++;
        if (next < order.reports()) {
            Instant scheduled = order.due(start, next);
            agenda.at(scheduled.isAfter(due) ? scheduled : due, this::report);
        } else {
            // nothing overtakes them any more
            heldBack.forEach((held, event) -> send(List.of(new Trip(held, Fate.WHOLE, event)), due));
            heldBack.clear();
            ended = true;
        }
    }

    /** A good signal that wanders: what each report says can be found again where it was applied. */
    private String rsrp() {
        return Integer.toString(STRONGEST_RSRP - next / order.devices() % RSRP_WANDERS_BY);
    }

    private Fate fate() {
        int roll = random.nextInt(100);
        if (roll < order.duplicates()) {
            return Fate.DUPLICATED;
        }
        if (roll < order.duplicates() + order.reordered()) {
            return Fate.REORDERED;
        }
        return roll < order.duplicates() + order.reordered() + order.malformed() ? Fate.MALFORMED : Fate.WHOLE;
    }

    private void handOver(String imei, DeviceEvent event, Fate fate, Instant due) {
        if (fate == Fate.MALFORMED) {
            // nobody can read it, so it overtakes nothing
            send(List.of(new Trip(imei, fate, event)), due);
            return;
        }
        Optional<DeviceEvent> overtaken = Optional.ofNullable(heldBack.remove(imei));
        if (overtaken.isPresent()) {
            // it is enough that one of a pair is out of order
            Trip first = new Trip(imei, fate == Fate.REORDERED ? Fate.WHOLE : fate, event);
            send(List.of(first, new Trip(imei, Fate.REORDERED, overtaken.get())), due);
        } else if (fate == Fate.REORDERED) {
            heldBack.put(imei, event);
        } else {
            send(List.of(new Trip(imei, fate, event)), due);
        }
    }

    private void send(List<Trip> trips, Instant at) {
        onTheWay.addAndGet(trips.size());
        lane.run(() -> trips.forEach(trip -> trip.send(at)));
    }

    /** The way of one report, which ends when nothing more will be heard of any copy. */
    private final class Trip implements Escort {

        private final String imei;
        private final Fate fate;
        private final DeviceEvent event;
        private int copies;
        private boolean arrived;

        Trip(String imei, Fate fate, DeviceEvent event) {
            this.imei = imei;
            this.fate = fate;
            this.event = event;
        }

        void send(Instant at) {
            counts.add(Counts.What.SENT, fate);
            if (fate != Fate.MALFORMED) {
                ledger.add(imei, event);
            }
            List<Parcel> parcels = deliveries.wrap(List.of(event), fate == Fate.MALFORMED, this);
            int times = fate == Fate.DUPLICATED ? 2 : 1;
            // this look-out itself is one copy, so that the trip does not end between two of them
            expect(parcels.size() * times + 1);
            for (int time = 0; time < times; time++) {
                parcels.forEach(parcel -> deliveries.send(parcel, at));
            }
            oneLess();
        }

        @Override
        public void run(Runnable attempt) {
            lane.run(attempt);
        }

        @Override
        public void attempted(Attempt attempt, boolean last) {
            answerTimes.add(clock.instant(), attempt.took(), attempt.accepted());
            if (attempt.number() > 1) {
                counts.add(Counts.What.RESENT, fate);
            }
            if (attempt.accepted()) {
                counts.add(Counts.What.ACCEPTED, fate);
                arrived();
            }
            if (last) {
                oneLess();
            }
        }

        @Override
        public void abandoned() {
            oneLess();
        }

        private synchronized void expect(int number) {
            copies = number;
        }

        private synchronized void arrived() {
            arrived = true;
        }

        private void oneLess() {
            boolean over;
            boolean good;
            synchronized (this) {
                copies--;
                over = copies == 0;
                good = arrived;
            }
            if (over) {
                counts.add(good ? Counts.What.ARRIVED : Counts.What.GIVEN_UP, fate);
                onTheWay.decrementAndGet();
            }
        }
    }
}
