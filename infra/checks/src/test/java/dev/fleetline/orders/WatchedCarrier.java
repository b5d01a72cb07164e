package dev.fleetline.orders;

import dev.fleetline.carrier.CarrierGateway;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.device.Imei;
import dev.fleetline.testing.ScriptedCarrier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A platform that knows the truth: which devices it is activating or has activated, whether or not anybody was told. It
 * writes down when it is asked to activate one of those once more.
 */
final class WatchedCarrier implements CarrierGateway {

    private final ScriptedCarrier scripted;
    private final Set<Imei> taken = new HashSet<>();
    private final Set<Imei> active = new HashSet<>();
    private final Map<Imei, String> requests = new HashMap<>();
    private final List<String> twice = new ArrayList<>();

    WatchedCarrier(ScriptedCarrier scripted) {
        this.scripted = scripted;
    }

    ScriptedCarrier scripted() {
        return scripted;
    }

    /** Devices whose activation was taken and has neither worked nor failed. */
    Set<Imei> underWay() {
        Set<Imei> underWay = new HashSet<>(taken);
        underWay.removeAll(active);
        return underWay;
    }

    boolean isActive(Imei imei) {
        return active.contains(imei);
    }

    /** The carrier's own id of the request that took it last, whether or not anybody was told. */
    Optional<String> requestOf(Imei imei) {
        return Optional.ofNullable(requests.get(imei));
    }

    /** The activation works: the device is on the network. */
    void works(Imei imei) {
        active.add(imei);
        requestOf(imei).ifPresent(request -> scripted.progresses(request, Progress.SUCCEEDED));
        scripted.becomesReady(imei);
    }

    /** The activation comes to nothing, so another one is no second. */
    void fails(Imei imei, LineState leaves) {
        taken.remove(imei);
        requestOf(imei).ifPresent(request -> scripted.progresses(request, Progress.FAILED));
        scripted.becomes(imei, leaves);
    }

    /** Each time that an activation was sent while one was under way or had worked. */
    List<String> twice() {
        return List.copyOf(twice);
    }

    @Override
    public CarrierReply<Acceptance> activate(Activation activation) {
        Map<Imei, Integer> before = new HashMap<>();
        activation.lines().forEach(line -> before.put(line.imei(), scripted.activations(line.imei())));
        try {
            return scripted.activate(activation);
        } finally {
            before.forEach((imei, count) -> {
                if (scripted.activations(imei) > count) {
                    requests.put(imei, "request-" + scripted.calls(ScriptedCarrier.Call.ACTIVATE));
                    if (!taken.add(imei)) {
                        twice.add("device " + imei + " was activated while an activation of it was under way");
                    }
                }
            });
        }
    }

    @Override
    public CarrierReply<Optional<CarrierDevice>> find(Line line) {
        return scripted.find(line);
    }

    @Override
    public CarrierReply<CarrierDevice> register(NewDevice device) {
        return scripted.register(device);
    }

    @Override
    public int mostAtOnce() {
        return scripted.mostAtOnce();
    }

    @Override
    public CarrierReply<Progress> progress(String account, String requestId) {
        return scripted.progress(account, requestId);
    }

    @Override
    public CarrierReply<Page> list(String account, Optional<String> after) {
        return scripted.list(account, after);
    }
}
