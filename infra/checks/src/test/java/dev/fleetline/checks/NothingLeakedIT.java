package dev.fleetline.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads all that was logged by the tests of this build before it, and finds no secret that they played with. */
class NothingLeakedIT {

    /** Passwords, client secrets, keys and the beginnings of tokens that tests and simulator use. */
    private static final List<String> PLAYED_WITH = List.of(
            "hush",
            "made-up-password",
            "22222222-2222-4222-8222-222222222222",
            "66666666-6666-4666-8666-666666666666",
            "a-key-for-this-test",
            "MDAwMDAwMDAtMDAwMC00MDAw",
            "0123456789abcdef0123456789abcdef");

    @Test
    void no_secret_is_in_what_the_suite_logged() {
        List<Path> reports = reports(ProjectTree.root());

        assertThat(ProjectTree.functions()).allSatisfy(function -> assertThat(reports)
                .as("reports of %s: run all tests with mvn verify", function)
                .anyMatch(report -> report.startsWith(ProjectTree.path("functions/" + function))));
        assertThat(leaks(reports)).isEmpty();
    }

    @Test
    void a_secret_in_a_log_is_found(@TempDir Path folder) throws IOException {
        Path bad = Files.writeString(
                folder.resolve("TEST-bad.xml"), "<system-out>posting {\"password\":\"made-up-password\"}</system-out>");
        Path good = Files.writeString(folder.resolve("TEST-good.xml"), "<system-out>posting ***</system-out>");

        assertThat(leaks(List.of(bad, good))).containsExactly("TEST-bad.xml has made-up-password");
    }

    private static List<String> leaks(List<Path> reports) {
        var leaks = new ArrayList<String>();
        for (Path report : reports) {
            String logged = text(report);
            PLAYED_WITH.stream()
                    .filter(logged::contains)
                    .map(secret -> report.getFileName() + " has " + secret)
                    .forEach(leaks::add);
        }
        return leaks;
    }

    private static List<Path> reports(Path root) {
        try (Stream<Path> files = Files.find(root, 8, (file, _) -> isReport(file.toString()))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isReport(String file) {
        return file.matches(".*/target/(surefire|failsafe)-reports/TEST-[^/]*\\.xml");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
