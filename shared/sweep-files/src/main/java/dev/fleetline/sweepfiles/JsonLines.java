package dev.fleetline.sweepfiles;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetline.files.FileStore;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of one record per line that grows on the local disk, and is kept whole by {@link #keep}: so nobody reads half of
 * it, and memory holds none of it. For one thread.
 */
public final class JsonLines<T> implements AutoCloseable {

    private static final String TYPE = "application/x-ndjson";

    private final FileStore files;
    private final String name;
    private final Path file;
    private final BufferedWriter text;
    private int lines;

    JsonLines(FileStore files, String name) {
        this.files = files;
        this.name = name;
        try {
            this.file = Files.createTempFile("sweep-", ".jsonl");
            this.text = Files.newBufferedWriter(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the disk takes no file", e);
        }
    }

    public void add(T line) {
        try {
            text.write(SweepJson.JSON.writeValueAsString(line));
            text.write('\n');
            lines++;
        } catch (IOException e) {
            throw new UncheckedIOException("the disk takes no more", e);
        }
    }

    /** How many there are. */
    public int lines() {
        return lines;
    }

    /** Keeps the file under its name, in place of what was there. */
    public void keep() {
        try {
            text.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the disk takes no more", e);
        }
        files.write(name, file, TYPE);
    }

    /** Throws the local copy away. */
    @Override
    public void close() {
        try {
            text.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the local copy cannot be thrown away", e);
        }
    }
}
