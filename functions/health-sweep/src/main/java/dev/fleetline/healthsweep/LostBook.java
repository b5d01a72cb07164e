package dev.fleetline.healthsweep;

import dev.fleetline.device.Imei;
import dev.fleetline.sweepfiles.JsonLines;
import dev.fleetline.sweepfiles.LossCandidate;
import dev.fleetline.sweepfiles.SweepFiles;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Who was lost after the last pass, as a file. A pass over the overdue sees few devices at once; by this it knows of whom
 * it has to take a second look to see whether a whole site is lost, or is back.
 */
final class LostBook {

    static final String NAME = "sweeps/lost.jsonl";

    private final SweepFiles files;

    LostBook(SweepFiles files) {
        this.files = files;
    }

    List<LossCandidate> lost() {
        List<LossCandidate> lost = new ArrayList<>();
        files.read(NAME, LossCandidate.class, lost::add);
        return lost;
    }

    /** After a pass that has looked at these, and found those lost. */
    void keep(Set<Imei> lookedAt, Collection<LossCandidate> found) {
        write(lost().stream().filter(one -> !lookedAt.contains(one.imei())).toList(), found);
    }

    /** After a pass over all. */
    void keepAll(Collection<LossCandidate> found) {
        write(List.of(), found);
    }

    private void write(Collection<LossCandidate> before, Collection<LossCandidate> found) {
        try (JsonLines<LossCandidate> lines = files.write(NAME)) {
            before.forEach(lines::add);
            found.forEach(lines::add);
            lines.keep();
        }
    }
}
