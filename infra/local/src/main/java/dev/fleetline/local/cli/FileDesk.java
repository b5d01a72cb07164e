package dev.fleetline.local.cli;

import dev.fleetline.files.FileStore;
import dev.fleetline.files.FileStore.Opened;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/** The files of a Fleetline, wherever that runs. */
final class FileDesk implements AutoCloseable {

    private final FileStore files;
    private final Runnable closing;

    /** {@code closing} gives back what the store stands on. */
    FileDesk(FileStore files, Runnable closing) {
        this.files = files;
        this.closing = closing;
    }

    void put(String name, Path content) {
        DeployedStack.told(() -> {
            files.write(name, content, "text/csv");
            return name;
        });
    }

    /** What is there; empty as long as nothing is. */
    Optional<byte[]> find(String name) {
        return DeployedStack.told(() -> files.open(name)).map(opened -> {
            try (Opened file = opened) {
                return file.bytes().readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(name + " broke off while it was fetched; try again", e);
            }
        });
    }

    /** All of them, for who reads line by line. */
    FileStore store() {
        return files;
    }

    @Override
    public void close() {
        closing.run();
    }
}
