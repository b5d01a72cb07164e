package dev.fleetline.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Secrets in what tests logged: those that tests and simulator play with, and whatever looks like one where one would stand. */
public final class Leaks {

    /** Passwords, client secrets, keys, and what all made-up tokens, codes, sessions, states and passwords have in them. */
    private static final List<String> PLAYED_WITH = List.of(
            "hush",
            "made-up-password",
            "another-made-up-one",
            "first-stream-key",
            "a-key-for-this-test",
            // of callback-receiver: keys, passwords, and the address of somebody in a message
            "-under-test",
            "password-first",
            "password-second",
            "password-third",
            "someone@example.test",
            "0123456789abcdef0123456789abcdef",
            // the simulator's client secrets
            "22222222-2222-4222-8222-222222222222",
            "88888888-8888-4888-8888-888888888888",
            "66666666-6666-4666-8666-666666666666",
            // a token of Core in a sample
            "MDAwMDAwMDAtMDAwMC00MDAw",
            // the simulator's random ones, as they are and in Base64
            "5ec2e75ec2e7",
            "NWVjMmU3NWVjMmU3",
            MadeUpRandom.BYTES,
            MadeUpRandom.LETTERS);

    private static final String RANDOM = "(?=[\\w-]*\\d[\\w-]*\\d)(?=[\\w-]*[A-Za-z][\\w-]*[A-Za-z])[\\w-]{20,}";

    private static final Pattern WHERE_A_SECRET_STANDS = Pattern.compile(
            "\\b(password|client_?secret|stream_?key|access_?token|refresh_?token|session_?token|vz-m2m-token|code|state|signature)"
                    + "(?:\"|&quot;)?\\s*[:=]\\s*(?:\"|&quot;)?" + RANDOM + "|\\b(bearer|basic) " + RANDOM,
            Pattern.CASE_INSENSITIVE);

    private Leaks() {}

    /** Each as the file and what was found in it: a secret that is no secret, or the name that a random one stood beside. */
    public static List<String> in(List<Path> reports) {
        return reports.stream()
                .flatMap(report -> found(text(report)).distinct().map(what -> report.getFileName() + " has " + what))
                .toList();
    }

    /** The reports of tests at and below this folder, with all that was logged. */
    public static List<Path> reports(Path root) {
        try (Stream<Path> files = Files.find(root, 8, (file, _) -> isReport(file.toString()))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> found(String logged) {
        return Stream.concat(
                PLAYED_WITH.stream().filter(logged::contains),
                WHERE_A_SECRET_STANDS
                        .matcher(logged)
                        .results()
                        .map(found -> "a value beside " + (found.group(1) == null ? found.group(2) : found.group(1))));
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
