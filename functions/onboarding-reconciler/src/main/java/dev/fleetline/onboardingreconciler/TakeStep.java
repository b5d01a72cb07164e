package dev.fleetline.onboardingreconciler;

import dev.fleetline.device.Consequences;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.DeviceRegistry.Saved;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetevents.Outgoing;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores a step with its line of history and its events in one transaction, and then tells them. */
final class TakeStep {

    private static final Logger LOG = LoggerFactory.getLogger(TakeStep.class);

    private final DeviceRegistry registry;
    private final Announcer announcer;

    TakeStep(DeviceRegistry registry, Announcer announcer) {
        this.registry = registry;
        this.announcer = announcer;
    }

    /** What came of it; a device that somebody else has changed since it was read stays as they left it. */
    Tally run(Device read, Step step, Instant now) {
        List<Outgoing> events = step.events().stream()
                .map(event -> Outgoing.of(ReconcilerEvents.MODULE, now, event))
                .toList();
        if (step.next().equals(read)) {
            announcer.announce(events);
            return new Tally(1, 0, events.size(), 0, 0);
        }
        Saved saved = registry.save(
                step.next(),
                new Consequences(
                        step.history().stream().toList(), events, step.next().simFreedSince(read)));
        return switch (saved) {
            case Saved.Stored _ -> {
                announcer.publishStored(events);
                yield taken(read, step);
            }
            case Saved.Changed _ -> Tally.LEFT;
            case Saved.IdTaken(var kind, var by) -> {
                LOG.error("left, its {} belongs to {}", kind, by);
                yield Tally.LEFT;
            }
        };
    }

    private static Tally taken(Device read, Step step) {
        boolean isMoved =
                !read.lifecycle().name().equals(step.next().lifecycle().name());
        if (isMoved) {
            LOG.info(
                    "{} is now {}",
                    read.lifecycle().name(),
                    step.next().lifecycle().name());
        }
        return new Tally(1, isMoved ? 1 : 0, step.events().size(), 0, 0);
    }
}
