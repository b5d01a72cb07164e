package dev.fleetline.files;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** Where files are kept, by names such as {@code incoming/check/june.csv}. A store that is down is an exception. */
public interface FileStore {

    /** Opens a file, before any of it is read; empty when there is none of that name that may
     * be read. Whoever opens it closes it. */
    Optional<Opened> open(String name);

    /** Keeps the content of a local file under this name, in place of what was there. */
    void write(String name, Path content, String contentType);

    /**
     * A file that is about to be read.
     *
     * @param size in bytes
     * @param tag changes whenever the content does
     * @param bytes to be read once; closing it with some left does not read them
     */
    record Opened(long size, String tag, InputStream bytes) implements AutoCloseable {

        public Opened {
            requireNonNull(tag, "tag");
            requireNonNull(bytes, "bytes");
        }

        @Override
        public void close() throws IOException {
            bytes.close();
        }
    }
}
