package dev.fleetline.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetline.files.FileStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/** Files in memory; one of them can be said to be larger than it is, and any can be changed when it is opened. */
public final class InMemoryFiles implements FileStore {

    private final Map<String, byte[]> files = new HashMap<>();
    private final Map<String, Long> sizes = new HashMap<>();
    private final AtomicInteger opened = new AtomicInteger();
    private Runnable onOpen = () -> {};

    @Override
    public Optional<Opened> open(String name) {
        opened.incrementAndGet();
        hook().run();
        synchronized (this) {
            return Optional.ofNullable(files.get(name))
                    .map(content -> new Opened(
                            sizes.getOrDefault(name, (long) content.length),
                            Integer.toHexString(Arrays.hashCode(content)),
                            new ByteArrayInputStream(content)));
        }
    }

    @Override
    public synchronized void write(String name, Path content, String contentType) {
        try {
            files.put(name, Files.readAllBytes(content));
        } catch (IOException e) {
            throw new UncheckedIOException("what is to be written cannot be read", e);
        }
    }

    /** Somebody brings a file. */
    public synchronized void put(String name, byte[] content) {
        files.put(name, content.clone());
    }

    /** Says of a file that it has so many bytes. */
    public synchronized void claim(String name, long size) {
        sizes.put(name, size);
    }

    /** What is kept under a name, as text; empty when there is nothing. */
    public synchronized Optional<String> text(String name) {
        return Optional.ofNullable(files.get(name)).map(content -> new String(content, UTF_8));
    }

    /** All names. */
    public synchronized Set<String> names() {
        return new TreeSet<>(files.keySet());
    }

    /** How often a file was opened, or asked for. */
    public int opened() {
        return opened.get();
    }

    /** Called before a file is opened. */
    public synchronized void onOpen(Runnable hook) {
        onOpen = hook;
    }

    private synchronized Runnable hook() {
        return onOpen;
    }
}
