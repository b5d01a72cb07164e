package dev.fleetline.local.demo;

import dev.fleetline.local.LocalFleetline;

/**
 * The story of what the platform sends: streams that are set up, kept alive and torn down, reports that count once
 * whatever happens to them on the way, who may deliver, and last night played again. Each step is watched at the simulator
 * and at the store.
 */
public final class CallbackStory {

    static final Sim FIRST = new Sim("999999000000014", "89148000009999900014");
    static final Sim SECOND = new Sim("999999000000022", "89148000009999900022");
    /** Nobody has ordered it here when it begins to report. */
    static final Sim THIRD = new Sim("999999000000030", "89148000009999900030");

    private final Scene scene;

    /** A Fleetline that was just started, its clock standing. */
    public CallbackStory(LocalFleetline fleetline, Telling telling) {
        this.scene = new Scene(fleetline, new Desk(fleetline.baseUri(), fleetline.simulatorUri()), new Steps(telling));
    }

    /** Plays it; whether every step was observed. */
    public boolean play() {
        var portal = new Portal(scene);
        var kept = new Kept(scene);
        var setUp = new SetUpStory(scene, portal);
        var senders = new SenderStory(scene, kept);
        setUp.play();
        new ReportStory(scene, portal, kept).play();
        senders.play();
        new WatchStory(scene, portal, kept).play();
        new ReplayStory(scene, kept, senders.secrets()).play();
        setUp.tearDown();
        scene.steps().step("Nothing was left behind", () -> LeftBehind.in(scene.desk()));
        return scene.steps().close(scene.desk());
    }
}
