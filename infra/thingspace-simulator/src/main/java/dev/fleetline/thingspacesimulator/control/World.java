package dev.fleetline.thingspacesimulator.control;

import dev.fleetline.thingspacesimulator.clock.Agenda;
import dev.fleetline.thingspacesimulator.clock.SimulatorClock;
import dev.fleetline.thingspacesimulator.devices.DeviceBook;
import dev.fleetline.thingspacesimulator.faults.Faults;
import dev.fleetline.thingspacesimulator.oauth.TokenBook;
import dev.fleetline.thingspacesimulator.streaming.Deliveries;
import dev.fleetline.thingspacesimulator.streaming.StreamBook;

/** Everything that the control API has a hand in. */
public record World(Time time, Core core, Faults faults) {

    /** The clock and what is due on it. */
    public record Time(SimulatorClock clock, Agenda agenda) {}

    /** core.thingspace.verizon.com. */
    public record Core(TokenBook tokens, DeviceBook devices, StreamBook streams, Deliveries deliveries) {}
}
