package dev.fleetline.healthsweep;

import dev.fleetline.device.Circumstances;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.DeviceRegistry.Page;
import dev.fleetline.device.Imei;
import dev.fleetline.healthsweep.SweepReply.Rated;
import dev.fleetline.healthsweep.SweepTask.Rate;
import dev.fleetline.lambda.Deadline;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Judges one part of the fleet, page by page. */
final class RateSegment {

    /** What a page and a good end take. */
    private static final Duration RESERVE = Duration.ofSeconds(10);

    private final DeviceRegistry devices;
    private final RateDevices rateDevices;
    private final FaultBook faultBook;
    private final InstantSource clock;
    private final int pageSize;

    RateSegment(
            DeviceRegistry devices, RateDevices rateDevices, FaultBook faultBook, InstantSource clock, int pageSize) {
        this.devices = devices;
        this.rateDevices = rateDevices;
        this.faultBook = faultBook;
        this.clock = clock;
        this.pageSize = pageSize;
    }

    /**
     * Judges from behind {@code startAfter} until the segment is through or the deadline is near. The deadline is
     * looked at between pages only: so each call gets at least one page further, and an unreadable item, whose place
     * in a page nobody knows, is counted exactly once. Called again with the same task it writes the same files.
     */
    Rated run(Rate task, Deadline deadline) {
        Circumstances circumstances = faultBook.faults().circumstances(clock.instant());
        Optional<Imei> from = task.startAfter().map(Imei::new);
        try (RateDevices.Part part = rateDevices.begin(task.pass(), task.segment(), task.part(), circumstances)) {
            do {
                Page page = devices.page(task.segment(), task.of(), from, pageSize);
                page.unreadable().forEach(part::skip);
                page.devices().forEach(part::rate);
                from = page.next();
            } while (from.isPresent() && !deadline.isNear(RESERVE));
            part.keep(from.isEmpty());
            return new Rated(
                    from.isPresent() ? SweepReply.STOPPED : SweepReply.DONE,
                    task.segment(),
                    part.tally(),
                    from.map(next -> new Rate(
                            task.pass(), task.segment(), task.of(), Optional.of(next.digits()), task.part() + 1)));
        }
    }
}
