package dev.fleetline.bulkonboarding;

import dev.fleetline.fleetevents.FleetEvent.Fault;
import java.util.List;

/** A file cannot be used as a whole: nothing of it is ordered. */
final class FileRefused extends Exception {

    private final long line;
    private final List<Fault> faults;

    /** {@code line} is where it shows, 0 when it shows nowhere in particular. */
    FileRefused(long line, List<Fault> faults) {
        super(faults.getFirst().rule(), null, false, false);
        this.line = line;
        this.faults = List.copyOf(faults);
    }

    static FileRefused of(long line, String rule, String fix) {
        return new FileRefused(line, List.of(new Fault("file", rule, fix)));
    }

    long line() {
        return line;
    }

    List<Fault> faults() {
        return faults;
    }

    /** The first of the faults in words. */
    String reason() {
        return faults.getFirst().rule();
    }
}
