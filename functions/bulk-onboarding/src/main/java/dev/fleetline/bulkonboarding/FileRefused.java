package dev.fleetline.bulkonboarding;

import dev.fleetline.fleetevents.FleetEvent.Fault;
import java.util.List;

/** A file cannot be used as a whole: nothing of it is ordered. */
final class FileRefused extends Exception {

    private final Why why;
    private final long line;
    private final List<Fault> faults;

    /** Why, in a word that has nothing of the file in it. */
    enum Why {
        EMPTY,
        NO_ROW,
        WORKBOOK,
        BINARY,
        UTF_16,
        NOT_UTF_8,
        TABS,
        HEADER,
        OPEN_QUOTE,
        TOO_LARGE,
        TOO_MANY_ROWS
    }

    /** {@code line} is where it shows, 0 when it shows nowhere in particular. */
    FileRefused(Why why, long line, List<Fault> faults) {
        super(faults.getFirst().rule(), null, false, false);
        this.why = why;
        this.line = line;
        this.faults = List.copyOf(faults);
    }

    static FileRefused of(Why why, long line, String rule, String fix) {
        return new FileRefused(why, line, List.of(new Fault("file", rule, fix)));
    }

    Why why() {
        return why;
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
