package dev.fleetline.thingspacesimulator.control;

import dev.fleetline.thingspacesimulator.clock.Agenda;
import dev.fleetline.thingspacesimulator.clock.Settlement;
import dev.fleetline.thingspacesimulator.clock.SimulatorClock;
import dev.fleetline.thingspacesimulator.devices.DeviceBook;
import dev.fleetline.thingspacesimulator.faults.Faults;
import dev.fleetline.thingspacesimulator.lines.LineBook;
import dev.fleetline.thingspacesimulator.lines.Orders;
import dev.fleetline.thingspacesimulator.load.LoadSource;
import dev.fleetline.thingspacesimulator.m2m.Callbacks;
import dev.fleetline.thingspacesimulator.m2m.ListenerBook;
import dev.fleetline.thingspacesimulator.m2m.SessionBook;
import dev.fleetline.thingspacesimulator.oauth.StandingTokenBook;
import dev.fleetline.thingspacesimulator.oauth.TokenBook;
import dev.fleetline.thingspacesimulator.streaming.Deliveries;
import dev.fleetline.thingspacesimulator.streaming.StreamBook;

/** Everything that the control API has a hand in. */
public record World(Time time, Core core, M2m m2m, Edge edge, Streaming streaming, Faults faults) {

    /** The clock and what is due on it. */
    public record Time(SimulatorClock clock, Agenda agenda, Settlement settlement) {}

    /** core.thingspace.verizon.com. */
    public record Core(TokenBook tokens, DeviceBook devices, StreamBook streams) {}

    /**
     * thingspace.verizon.com.
     *
     * @param streams Cloud Connector's
     */
    public record M2m(
            StandingTokenBook tokens,
            SessionBook sessions,
            ListenerBook listeners,
            Callbacks callbacks,
            StreamBook streams,
            LineBook lines,
            Orders orders) {}

    /** 5gedge.verizon.com. */
    public record Edge(StandingTokenBook tokens) {}

    /** What devices say, on its way to the streams of both hosts. */
    public record Streaming(Deliveries deliveries, LoadSource load) {}
}
