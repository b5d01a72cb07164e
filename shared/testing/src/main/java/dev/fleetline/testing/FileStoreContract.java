package dev.fleetline.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.files.FileStore;
import dev.fleetline.files.FileStore.Opened;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link FileStore} promises. */
public abstract class FileStoreContract {

    private static final String CSV = "text/csv";

    @TempDir
    private Path folder = Path.of("");

    /** An empty store; the same one during a test. */
    protected abstract FileStore files();

    @Test
    void a_file_that_was_never_written_is_not_there() {
        assertThat(files().open("incoming/check/june.csv")).isEmpty();
    }

    @Test
    void what_was_written_is_read_as_it_was_and_its_size_is_known_before() throws IOException {
        byte[] content = "imei;name\n…;Straße 7\r\n\0".getBytes(UTF_8);
        files().write("incoming/check/june.csv", local(content), CSV);

        try (Opened opened = files().open("incoming/check/june.csv").orElseThrow()) {
            assertThat(opened.size()).isEqualTo(content.length);
            assertThat(opened.bytes().readAllBytes()).isEqualTo(content);
        }
    }

    @Test
    void a_name_may_have_blanks_and_signs() throws IOException {
        String name = "incoming/apply/Depot Süd (2+1) & co.csv";
        files().write(name, local("a".getBytes(UTF_8)), CSV);

        assertThat(read(name)).contains("a");
    }

    @Test
    void an_empty_file_is_a_file() throws IOException {
        files().write("incoming/check/empty.csv", local(new byte[0]), CSV);

        try (Opened opened = files().open("incoming/check/empty.csv").orElseThrow()) {
            assertThat(opened.size()).isZero();
            assertThat(opened.bytes().readAllBytes()).isEmpty();
        }
    }

    @Test
    void what_is_written_again_takes_the_place_of_what_was_there_and_has_another_tag() throws IOException {
        files().write("results/june/report.csv", local("old".getBytes(UTF_8)), CSV);
        String before = tag("results/june/report.csv");
        assertThat(tag("results/june/report.csv")).isEqualTo(before);

        files().write("results/june/report.csv", local("new".getBytes(UTF_8)), CSV);

        assertThat(read("results/june/report.csv")).contains("new");
        assertThat(tag("results/june/report.csv")).isNotEqualTo(before);
    }

    @Test
    void a_file_may_be_closed_before_it_is_read_to_its_end() throws IOException {
        files().write("incoming/check/large.csv", local(new byte[3_000_000]), CSV);

        try (Opened opened = files().open("incoming/check/large.csv").orElseThrow()) {
            assertThat(opened.bytes().read()).isZero();
        }
        assertThat(read("incoming/check/large.csv")).isPresent();
    }

    private Path local(byte[] content) throws IOException {
        return Files.write(folder.resolve("local"), content);
    }

    private String tag(String name) throws IOException {
        try (Opened opened = files().open(name).orElseThrow()) {
            return opened.tag();
        }
    }

    private Optional<String> read(String name) throws IOException {
        Optional<Opened> found = files().open(name);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (Opened opened = found.get()) {
            return Optional.of(new String(opened.bytes().readAllBytes(), UTF_8));
        }
    }
}
