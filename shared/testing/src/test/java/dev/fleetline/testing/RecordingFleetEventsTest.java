package dev.fleetline.testing;

import dev.fleetline.fleetevents.FleetEvents;
import dev.fleetline.fleetevents.Outgoing;
import java.util.List;

class RecordingFleetEventsTest extends FleetEventsContract {

    private final RecordingFleetEvents bus = new RecordingFleetEvents();

    @Override
    protected FleetEvents bus() {
        return bus;
    }

    @Override
    protected List<String> onTheBus() {
        return bus.published().stream().map(Outgoing::eventId).toList();
    }

    @Override
    protected void refuse(String eventId) {
        bus.refuse(event -> event.eventId().equals(eventId));
    }

    @Override
    protected void goDown() {
        bus.goDown();
    }
}
