package dev.fleetline.sweepfiles;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetline.files.FileStore;
import dev.fleetline.files.FileStore.Opened;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes and reads the files of a pass. A pass is found by what {@code HealthSweepCompleted} says, or from the newest one
 * backwards; nothing is ever listed, so whoever reads needs no right to list. A store that is down is an exception.
 */
public final class SweepFiles {

    private static final String JSON = "application/json";

    private final FileStore files;

    public SweepFiles(FileStore files) {
        this.files = files;
    }

    /** Begins a file of lines; it is there once it is kept. */
    public <T> JsonLines<T> write(String name) {
        return new JsonLines<>(files, name);
    }

    /** Keeps one value as a file of its own. */
    public void keep(String name, Object value) {
        try {
            Path file = Files.createTempFile("sweep-", ".json");
            try {
                Files.write(file, SweepJson.JSON.writeValueAsBytes(value));
                files.write(name, file, JSON);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the disk takes no file", e);
        }
    }

    /** Keeps the summary with its pass, and as the newest of its kind. */
    public void conclude(SweepSummary summary) {
        keep(summary.folder().summary(), summary);
        keep(SweepFolder.latest(summary.kind()), summary);
    }

    /** Hands over each line of a file; {@code false} when there is no such file. A line that is no such record is an exception. */
    public <T> boolean read(String name, Class<T> type, Consumer<T> each) {
        Optional<Opened> found = files.open(name);
        if (found.isEmpty()) {
            return false;
        }
        try (Opened opened = found.get();
                BufferedReader text = new BufferedReader(new InputStreamReader(opened.bytes(), UTF_8))) {
            for (String line = text.readLine(); line != null; line = text.readLine()) {
                each.accept(SweepJson.JSON.readValue(line, type));
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("the file " + name + " cannot be read to its end", e);
        }
    }

    /** The one value that a file holds; empty when there is no such file. */
    public <T> Optional<T> one(String name, Class<T> type) {
        Map<String, T> held = new HashMap<>();
        read(name, type, value -> held.put(name, value));
        return Optional.ofNullable(held.get(name));
    }

    /** The newest pass of a kind that was concluded. */
    public Optional<SweepSummary> latest(SweepKind kind) {
        return one(SweepFolder.latest(kind), SweepSummary.class);
    }

    /** The pass of this folder, once it is concluded. */
    public Optional<SweepSummary> summary(SweepFolder folder) {
        return one(folder.summary(), SweepSummary.class);
    }

    /** The pass of the same kind before this one; empty when there was none, or its files are gone. */
    public Optional<SweepSummary> before(SweepSummary summary) {
        return summary.previous().map(SweepFolder::new).flatMap(this::summary);
    }

    /** Hands over every device that a pass found; of a segment that failed there is none. */
    public void devices(SweepSummary summary, Consumer<SweptDevice> each) {
        for (int segment = 0; segment < summary.parts().size(); segment++) {
            for (int part = 0; part < summary.parts().get(segment); part++) {
                read(summary.folder().devices(segment, part), SweptDevice.class, each);
            }
        }
    }

    /** Hands over every loss that a pass found, and what became of it. */
    public void losses(SweepSummary summary, Consumer<SweptLoss> each) {
        for (int part = 0; part < summary.lossParts(); part++) {
            read(summary.folder().concluded(part), SweptLoss.class, each);
        }
    }
}
