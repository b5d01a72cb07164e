package dev.fleetline.sweepfiles;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.ZoneOffset;

/** The folder of one pass, {@code sweeps/fleet/2026-03-03/2026-03-03T02-00-00Z}, and the names of the files in it. */
public record SweepFolder(String path) {

    public SweepFolder {
        requireNonNull(path, "path");
        if (!path.matches("sweeps/(fleet|overdue)/\\d{4}-\\d{2}-\\d{2}/[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException("not the folder of a pass: " + path);
        }
    }

    /** Of a pass: signs of its id that a file's name should not have become dashes. */
    public static SweepFolder of(SweepKind kind, Instant startedAt, String sweepId) {
        return new SweepFolder("sweeps/" + kind.folder() + "/"
                + startedAt.atZone(ZoneOffset.UTC).toLocalDate() + "/" + sweepId.replaceAll("[^A-Za-z0-9._-]", "-"));
    }

    /** What was seen of the devices of a segment, by one invocation of it. */
    public String devices(int segment, int part) {
        return "%s/segment-%04d-%02d.devices.jsonl".formatted(path, segment, part);
    }

    /** The losses among them. */
    public String candidates(int segment, int part) {
        return "%s/segment-%04d-%02d.candidates.jsonl".formatted(path, segment, part);
    }

    /** The counts of such a part, and whether it is the last; so it is written after the others. */
    public String part(int segment, int part) {
        return "%s/segment-%04d-%02d.json".formatted(path, segment, part);
    }

    /** The losses again, the worst first, with what the carrier says of them. */
    public String verified() {
        return path + "/losses.verified.jsonl";
    }

    /** What became of the losses, by one invocation of the last step. */
    public String concluded(int part) {
        return "%s/losses-%02d.concluded.jsonl".formatted(path, part);
    }

    /** How many devices there are in each site, cell and in all. */
    public String sizes() {
        return path + "/sizes.json";
    }

    /** What the pass came to; the last that is written. */
    public String summary() {
        return path + "/summary.json";
    }

    /** The summary of the newest pass of a kind, again. */
    static String latest(SweepKind kind) {
        return "sweeps/latest-" + kind.folder() + ".json";
    }
}
