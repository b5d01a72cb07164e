package dev.fleetline.checks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs the operator's scripts with stand-ins for the tools that would reach AWS. Each writes down its arguments and its
 * standard input, and answers what it was told to; a script sees no other tool than those that it is given.
 */
final class StubbedShell {

    /** What the scripts use of a machine beside the tools that are replaced. */
    private static final List<String> SURROUNDINGS =
            List.of("bash", "env", "cat", "cut", "dirname", "grep", "mktemp", "rm");

    private static final Path PYTHON = python();

    private static final String TOOL = """
            #!/usr/bin/env bash
            tool="${0##*/}"
            printf '%s %s\\n' "$tool" "$*" >>"$STUBS/calls"
            for argument in "$@"; do
              case "$argument" in file:///dev/stdin) ;; file://*) cat "${argument#file://}" >>"$STUBS/files" ;; esac
            done
            cat >>"$STUBS/stdin"
            for answer in "$STUBS"/answers/"$tool".*; do
              [ -f "$answer/when" ] || [ -d "$answer" ] || continue
              pattern="$(cat "$answer/when")"
              case "$*" in *$pattern*) ;; *) continue ;; esac
              cat "$answer/out"; cat "$answer/err" >&2
              status="$(cat "$answer/status")"
              [ ! -f "$answer/once" ] || rm -r "$answer"
              exit "$status"
            done
            """;

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private int answers;

    /** What a script did. */
    record Ran(int status, String out, String err) {}

    /** With everything that it writes under {@code folder}. */
    StubbedShell(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder.resolve("bin"));
            Files.createDirectories(folder.resolve("answers"));
            for (String name : SURROUNDINGS) {
                Files.createSymbolicLink(folder.resolve("bin/" + name), onPath(name));
            }
            Files.createSymbolicLink(folder.resolve("bin/python3"), PYTHON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        environment.put("PATH", folder.resolve("bin").toString());
        environment.put("STUBS", folder.toString());
        environment.put("HOME", folder.toString());
        environment.put("TMPDIR", folder.toString());
    }

    StubbedShell with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** A tool that answers nothing and succeeds, until it is told otherwise. */
    StubbedShell has(String... tools) {
        for (String tool : tools) {
            Path file = folder.resolve("bin/" + tool);
            write(file, TOOL);
            if (!file.toFile().setExecutable(true)) {
                throw new IllegalStateException(file + " cannot be made executable");
            }
        }
        return this;
    }

    StubbedShell lacks(String tool) {
        try {
            Files.deleteIfExists(folder.resolve("bin/" + tool));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** When {@code tool} is called with these words among its arguments; what was told first goes first. */
    StubbedShell answers(String tool, String words, String out) {
        return answers(tool, words, 0, out, "");
    }

    StubbedShell answersOnce(String tool, String words, String out) {
        write(answer(tool, words, 0, out, "").resolve("once"), "");
        return this;
    }

    StubbedShell answers(String tool, String words, int status, String out, String err) {
        answer(tool, words, status, out, err);
        return this;
    }

    private Path answer(String tool, String words, int status, String out, String err) {
        Path answer = folder.resolve("answers/%s.%03d".formatted(tool, answers++));
        write(answer.resolve("when"), words);
        write(answer.resolve("out"), out);
        write(answer.resolve("err"), err);
        write(answer.resolve("status"), String.valueOf(status));
        return answer;
    }

    /** Runs it to its end, with {@code input} on its standard input. */
    Ran run(String input, Path script, String... arguments) {
        try {
            Process process = start(script, arguments);
            try (var to = process.getOutputStream()) {
                to.write(input.getBytes(UTF_8));
            }
            return end(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it; what it says is read while it runs. Its complaints go to a file, so that it never waits for a reader. */
    Process start(Path script, String... arguments) {
        var command = new ProcessBuilder(Stream.concat(Stream.of(script.toString()), Stream.of(arguments))
                .toList());
        command.environment().clear();
        command.environment().putAll(environment);
        command.redirectError(folder.resolve("err").toFile());
        try {
            return command.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Ran end(Process process) {
        try {
            String out = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Ran(process.waitFor(), out, written("err"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while a script ran", e);
        }
    }

    /** Every call of a tool, with its arguments. */
    List<String> calls() {
        return written("calls").lines().toList();
    }

    /** What the tools got on their standard input, one after the other. */
    String stdin() {
        return written("stdin");
    }

    /** What was in the files that the tools were pointed at. */
    String files() {
        return written("files");
    }

    private String written(String name) {
        Path file = folder.resolve(name);
        return Files.exists(file) ? ProjectTree.text(file) : "";
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The interpreter itself: what is on the PATH may be a script that looks for it there. */
    private static Path python() {
        try {
            Process process = new ProcessBuilder("python3", "-c", "import sys; print(sys.executable)").start();
            return Path.of(new String(process.getInputStream().readAllBytes(), UTF_8).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("the scripts need python3; it is not on the PATH", e);
        }
    }

    private static Path onPath(String name) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the scripts need " + name + "; it is not on the PATH"));
    }
}
