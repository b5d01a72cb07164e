package dev.fleetline.applying;

import dev.fleetline.device.Consequences;
import dev.fleetline.device.Consequences.HistoryEntry;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceId;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.fleetevents.Digest;
import dev.fleetline.fleetevents.FleetEvent;
import dev.fleetline.fleetevents.FleetEvent.DeviceActivated;
import dev.fleetline.fleetevents.FleetEvent.DeviceOnboardingFailed;
import dev.fleetline.fleetevents.FleetEvent.DeviceRegistered;
import dev.fleetline.fleetevents.Outgoing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a change of a device brings with it: a line of its history for each new state, and what others must hear. */
final class DeviceNews {

    private final Device before;
    private final Device after;
    private final Evidence evidence;
    private final String module;
    private final Instant at;

    private DeviceNews(Device before, Device after, Evidence evidence, String module) {
        this.before = before;
        this.after = after;
        this.evidence = evidence;
        this.module = module;
        this.at = after.lifecycle().since();
    }

    static Consequences of(Device before, Device after, Evidence evidence, String module, Instant now) {
        var news = new DeviceNews(before, after, evidence, module);
        return new Consequences(
                news.history().stream().toList(),
                news.events().stream()
                        .map(event -> Outgoing.of(module, now, event))
                        .toList(),
                after.simFreedSince(before));
    }

    private boolean isMoved() {
        return !after.lifecycle().name().equals(before.lifecycle().name());
    }

    private Optional<HistoryEntry> history() {
        if (!isMoved()) {
            return Optional.empty();
        }
        String note =
                switch (after.lifecycle()) {
                    case Lifecycle.Failed(var failure, var _) -> "the carrier refused it: " + failure.code();
                    case Lifecycle.Suspended(var until, var _, var _) ->
                        evidence.note() + until.map(then -> ", until " + then).orElse("");
                    default -> evidence.note();
                };
        return Optional.of(new HistoryEntry(at, after.lifecycle().name(), module, note));
    }

    private List<FleetEvent> events() {
        List<FleetEvent> events = new ArrayList<>();
        if (before.uid().isEmpty()) {
            after.uid().ifPresent(uid -> events.add(registered(uid)));
        }
        if (isMoved()) {
            switch (after.lifecycle()) {
                case Lifecycle.InService _ -> events.add(activated());
                case Lifecycle.ActiveUnseen _
                when !(before.lifecycle() instanceof Lifecycle.Suspended) -> events.add(activated());
                case Lifecycle.Failed(var failure, var _) -> events.add(failed(failure));
                default -> {}
            }
        }
        return events;
    }

    /** Whoever waits for the platform's id of this device hears it, however it became known. */
    private FleetEvent registered(DeviceId uid) {
        return new DeviceRegistered(
                Digest.of(after.imei().digits(), after.order().onboardingId(), "DeviceRegistered", uid.value()),
                after.order().onboardingId(),
                after.imei().digits(),
                after.order().iccid().digits(),
                Optional.of(uid.value()),
                after.order().account(),
                after.order().carrier());
    }

    private FleetEvent activated() {
        return new DeviceActivated(
                id("DeviceActivated"),
                Optional.of(after.order().onboardingId()),
                after.imei().digits(),
                after.uid().map(DeviceId::value),
                evidence.word(),
                at);
    }

    private FleetEvent failed(Lifecycle.Failure failure) {
        return new DeviceOnboardingFailed(
                id("DeviceOnboardingFailed"),
                after.order().onboardingId(),
                Optional.of(after.imei().digits()),
                failure.code(),
                failure.detail(),
                Optional.of(failure.mender().name()),
                List.of());
    }

    /** Made from device, order and type, as device-onboarding makes them: whoever says the same says it under one id. */
    private String id(String detailType) {
        return Digest.of(after.imei().digits(), after.order().onboardingId(), detailType);
    }
}
