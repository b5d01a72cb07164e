package dev.fleetline.local.demo;

import dev.fleetline.local.LocalFleetline;
import java.nio.file.Path;
import picocli.CommandLine;

/**
 * The story of health: who sleeps as planned is left alone, a trouble is told once with its cause and what to do first,
 * people say what they do about it, one cause is one alert, and our own faults are nobody's loss. Each step is watched on
 * the bus, in what people are told, and in what the commands show.
 */
public final class HealthStory {

    private final Scene scene;
    private final Terminal terminal;
    private final Path folder;

    /**
     * A Fleetline that was just started, its clock standing.
     *
     * @param commands those of {@code fleetline}, which people type
     * @param folder where the report of the last night is put
     */
    public HealthStory(LocalFleetline fleetline, Telling telling, CommandLine commands, Path folder) {
        this.scene = new Scene(fleetline, new Desk(fleetline.baseUri(), fleetline.simulatorUri()), new Steps(telling));
        this.terminal = new Terminal(commands, fleetline.baseUri());
        this.folder = folder;
    }

    /** Plays it; whether every step was observed. */
    public boolean play() {
        var orders = new OrderBook(scene);
        var fleet = new HealthFleet(scene, orders);
        var told = new Told(scene.desk());
        var nights = new HealthNights(scene, fleet, terminal);
        var battery = new BatteryStory(scene, fleet, told, terminal);
        var losses = new LossStory(scene, fleet, told);
        var outages = new OutageStory(scene, fleet, told);
        new SleepStory(scene, fleet, orders, told).play();
        nights.first();
        battery.play();
        losses.play(outages::powerFails);
        outages.site(nights);
        losses.missedWakes();
        losses.swapped();
        outages.ownFault();
        nights.last(folder);
        battery.late();
        scene.steps().step("Nothing was left behind", () -> LeftBehind.in(scene.desk()));
        return scene.steps().close(scene.desk());
    }
}
