package dev.fleetline.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.checks.Archive.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Lambda is given: our classes, the libraries that they use, and the same bytes whoever builds it. */
class ArchivesIT {

    private static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 1, 0, 0);
    private static final String FILE = "rw-r--r--";

    static Stream<String> functions() {
        return ProjectTree.functions().stream();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void an_archive_has_what_its_function_uses_and_nothing_that_differs_from_build_to_build(String module) {
        assertThat(ArchiveFaults.of(Archive.of(module))).isEmpty();
    }

    static Stream<Arguments> worsened() {
        byte[] nothing = jar(Map.of());
        Archive good = Archive.of("outbox-relay");
        Entry queues = Archive.of("device-onboarding").libraries().stream()
                .filter(library -> library.fileName().startsWith("sqs-"))
                .findFirst()
                .orElseThrow();
        return Stream.of(
                Arguments.of(
                        good.with(file("lib/netty-common-4.2.7.Final.jar", nothing)),
                        "lib/netty-common-4.2.7.Final.jar is not for Lambda: functions use the JDK's own HTTP client"),
                Arguments.of(
                        good.with(file("lib/testing-0.1.0-SNAPSHOT.jar", nothing)),
                        "lib/testing-0.1.0-SNAPSHOT.jar is not for Lambda: test code"),
                Arguments.of(
                        good.with(file("dev/fleetline/outboxrelay/RelayEventsTest.class", ownClass(good))),
                        "dev/fleetline/outboxrelay/RelayEventsTest.class is not for Lambda: test code"),
                Arguments.of(good.with(queues), queues.name() + " is not used by the function"),
                Arguments.of(
                        good.with(file("lib/slf4j-api-1.7.36.jar", nothing)),
                        "lib/slf4j-api-1.7.36.jar is there in another version too"),
                Arguments.of(
                        good.without("dev/fleetline/outboxrelay/OutboxRelayHandler.class"),
                        "dev/fleetline/outboxrelay/OutboxRelayHandler.class is missing"),
                Arguments.of(
                        good.with(new Entry("notes.txt", TIME.plusSeconds(2), FILE, nothing)),
                        "notes.txt has the time 2026-01-01T00:00:02 and not the project's 2026-01-01T00:00"),
                Arguments.of(
                        good.with(new Entry("notes.txt", TIME, "rw-rw----", nothing)),
                        "notes.txt has the mode rw-rw----, which depends on who built it"),
                Arguments.of(
                        good.with(
                                file("notes.txt", ProjectTree.root().toString().getBytes(StandardCharsets.UTF_8))),
                        "notes.txt names the folder it was built in"),
                Arguments.of(
                        good.with(file(
                                "lib/device-0.1.0-SNAPSHOT.jar",
                                jar(Map.of(
                                        "META-INF/MANIFEST.MF",
                                        "Manifest-Version: 1.0\nBuilt-By: somebody\n",
                                        "dev/fleetline/device/Imei.class",
                                        "")))),
                        "lib/device-0.1.0-SNAPSHOT.jar says in its manifest where it was built: Built-By"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("worsened")
    void an_archive_that_is_worse_in_one_place_is_refused_for_that(Archive worse, String fault) {
        assertThat(ArchiveFaults.of(worse)).contains("outbox-relay: " + fault);
    }

    @Test
    void the_faults_of_a_zip_are_read_from_the_file_itself(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("outbox-relay.zip");
        Files.write(file, jar(Map.of("lib/junit-jupiter-api-5.14.1.jar", "")));

        assertThat(ArchiveFaults.of(Archive.read("outbox-relay", file)))
                .contains(
                        "outbox-relay: lib/junit-jupiter-api-5.14.1.jar is not for Lambda: test code",
                        "outbox-relay: lib/junit-jupiter-api-5.14.1.jar has the time 1999-12-31T23:58"
                                + " and not the project's 2026-01-01T00:00",
                        "outbox-relay: lib/junit-jupiter-api-5.14.1.jar has the mode ,"
                                + " which depends on who built it");
    }

    private static byte[] ownClass(Archive archive) {
        return archive.entries().stream()
                .filter(entry -> entry.name().endsWith("RelayEvents.class"))
                .findFirst()
                .orElseThrow()
                .content();
    }

    private static Entry file(String name, byte[] content) {
        return new Entry(name, TIME, FILE, content);
    }

    private static byte[] jar(Map<String, String> files) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                var entry = new ZipEntry(file.getKey());
                entry.setTimeLocal(LocalDateTime.of(1999, 12, 31, 23, 58));
                zip.putNextEntry(entry);
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
