package dev.fleetline.checks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The project's own files. */
final class ProjectTree {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ProjectTree() {}

    /** The nearest folder, from the working directory upwards, that has the template. */
    static Path root() {
        Path from = Path.of("").toAbsolutePath();
        for (Optional<Path> folder = Optional.of(from); folder.isPresent(); folder = folder.map(Path::getParent)) {
            if (Files.isRegularFile(folder.get().resolve("template.yaml"))) {
                return folder.get();
            }
        }
        throw new IllegalStateException(from + " and the folders above have no template.yaml; run inside the project");
    }

    static Path path(String relative) {
        return root().resolve(relative);
    }

    /** The functions' modules, by their folders. */
    static List<String> functions() {
        return modules("functions");
    }

    /** The folders of {@code parent} that are modules. */
    static List<String> modules(String parent) {
        return list(path(parent)).stream()
                .filter(folder -> Files.isRegularFile(folder.resolve("pom.xml")))
                .map(ProjectTree::name)
                .toList();
    }

    /** What is in a folder, in order of name; nothing when there is no such folder. */
    static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every file under a folder whose name ends so. */
    static List<Path> files(Path folder, String ending) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.walk(folder)) {
            return entries.filter(Files::isRegularFile)
                    .filter(file -> name(file).endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(String relative) {
        return json(path(relative));
    }

    static JsonNode json(Path file) {
        return parse(text(file), file.toString());
    }

    static JsonNode parse(String text, String where) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(where + " is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Whether a text is JSON at all. */
    static boolean isJson(String text) {
        try {
            JSON.readTree(text);
            return true;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** {@code health-sweep} as the template calls it, {@code HealthSweep}. */
    static String logicalId(String module) {
        return Pattern.compile("-")
                .splitAsStream(module)
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining());
    }

    /** The package of a function. */
    static String packageOf(String module) {
        return "dev.fleetline." + module.replace("-", "");
    }
}
