package dev.fleetline.thingspacesimulator.load;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.clock.Agenda;
import dev.fleetline.thingspacesimulator.devices.DeviceBook;
import dev.fleetline.thingspacesimulator.streaming.Deliveries;
import dev.fleetline.thingspacesimulator.web.Courier;
import dev.fleetline.thingspacesimulator.web.Json;
import java.time.InstantSource;
import java.util.Optional;

/** Has many devices report, one load at a time. */
public final class LoadSource {

    private final DeviceBook devices;
    private final Deliveries deliveries;
    private final Agenda agenda;
    private final InstantSource clock;
    private final Lane lane;
    private Optional<Run> run = Optional.empty();

    /** Sends by those deliveries. */
    public LoadSource(DeviceBook devices, Deliveries deliveries, Agenda agenda, InstantSource clock, Courier courier) {
        this.devices = devices;
        this.deliveries = deliveries;
        this.agenda = agenda;
        this.clock = clock;
        this.lane = new Lane(courier);
    }

    /** What became of an order. */
    public sealed interface Start {
        /** Under way. */
        record Started() implements Start {}

        /** Another load is not over. */
        record Busy() implements Start {}

        /** Nobody would get the reports. */
        record NoSubscriber() implements Start {}
    }

    /** Begins a load, whose first report is due now. */
    public synchronized Start start(LoadOrder order) {
        if (run.filter(Run::isRunning).isPresent()) {
            return new Start.Busy();
        }
        if (!deliveries.hasSubscriber()) {
            return new Start.NoSubscriber();
        }
        Run next = new Run(order, devices, deliveries, agenda, lane, clock);
        run = Optional.of(next);
        next.begin();
        return new Start.Started();
    }

    /** Ends the load: no more reports, and what is on its way goes its way. */
    public synchronized void stop() {
        run.ifPresent(Run::stop);
    }

    /** Returns when all reports that were under way at the call have been sent. */
    public void drain() {
        lane.drain();
    }

    /** What each device was sent for by the last load, as the control API shows it. */
    public synchronized ArrayNode devicesToJson() {
        return run.map(Run::devicesToJson).orElseGet(() -> Json.object().arrayNode());
    }

    /** The attempts of the last load, as the control API shows them. */
    public synchronized ArrayNode answersToJson() {
        return run.map(Run::answersToJson).orElseGet(() -> Json.object().arrayNode());
    }

    /** The numbers of the last load, as the control API shows them. */
    public synchronized ObjectNode toJson() {
        return run.map(Run::toJson).orElseGet(() -> Json.object().put("running", false));
    }
}
