package dev.fleetline.checks;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** A function's archive as it was built, read whole. */
record Archive(String module, List<Entry> entries, long size) {

    /** One file or folder in it. */
    static final class Entry {

        private final String name;
        private final LocalDateTime time;
        private final String mode;
        private final byte[] content;
        private Map<String, byte[]> unpacked = Map.of();

        Entry(String name, LocalDateTime time, String mode, byte[] content) {
            this.name = name;
            this.time = time;
            this.mode = mode;
            this.content = content;
        }

        String name() {
            return name;
        }

        /** As it stands in the zip, which knows no time zone. */
        LocalDateTime time() {
            return time;
        }

        /** As in {@code rw-r--r--}; empty when the zip says nothing. */
        String mode() {
            return mode;
        }

        byte[] content() {
            return content;
        }

        boolean isFolder() {
            return name.endsWith("/");
        }

        boolean isLibrary() {
            return name.startsWith("lib/") && !isFolder();
        }

        /** The name without its folders. */
        String fileName() {
            return name.substring(name.lastIndexOf('/') + 1);
        }

        /** What a library has in it, by name. */
        Map<String, byte[]> unpacked() {
            if (unpacked.isEmpty()) {
                unpacked = unpack();
            }
            return unpacked;
        }

        private Map<String, byte[]> unpack() {
            var files = new LinkedHashMap<String, byte[]>();
            try (var jar = new ZipInputStream(new ByteArrayInputStream(content))) {
                Optional<ZipEntry> entry = Optional.ofNullable(jar.getNextEntry());
                while (entry.isPresent()) {
                    files.put(entry.get().getName(), jar.readAllBytes());
                    entry = Optional.ofNullable(jar.getNextEntry());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(name, e);
            }
            return files;
        }
    }

    /** Where {@code mvn verify} puts the archive of a function. */
    static Path path(String module) {
        return ProjectTree.path("functions/" + module + "/target/" + module + ".zip");
    }

    static Archive of(String module) {
        return read(module, path(module));
    }

    static Archive read(String module, Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalStateException(file + " is not there; mvn verify builds it");
        }
        try (var zip = new ZipFile(file.toFile());
                FileSystem modes = FileSystems.newFileSystem(file)) {
            var entries = new ArrayList<Entry>();
            for (ZipEntry entry : zip.stream().toList()) {
                byte[] content = zip.getInputStream(entry).readAllBytes();
                String mode = mode(modes.getPath(entry.getName()));
                entries.add(new Entry(entry.getName(), entry.getTimeLocal(), mode, content));
            }
            return new Archive(module, entries, Files.size(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    List<Entry> libraries() {
        return entries.stream().filter(Entry::isLibrary).toList();
    }

    /** The same with this entry, in place of one of that name. */
    Archive with(Entry entry) {
        var changed = new ArrayList<>(without(entry.name()).entries());
        changed.add(entry);
        return new Archive(module, changed, size);
    }

    /** The same without the entry of this name. */
    Archive without(String name) {
        return new Archive(
                module,
                entries.stream().filter(entry -> !entry.name().equals(name)).toList(),
                size);
    }

    @SuppressWarnings("unchecked") // the zip file system documents the attribute's type
    private static String mode(Path inZip) throws IOException {
        return Optional.ofNullable((Set<PosixFilePermission>) Files.getAttribute(inZip, "zip:permissions"))
                .map(PosixFilePermissions::toString)
                .orElse("");
    }
}
