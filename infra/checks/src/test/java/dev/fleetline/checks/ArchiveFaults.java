package dev.fleetline.checks;

import dev.fleetline.checks.Archive.Entry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is wrong with an archive: too much in it, or something that would differ when it is built again elsewhere. */
final class ArchiveFaults {

    /** Beginnings of the names of libraries that no function may carry, and why not. */
    private static final Map<String, String> UNWANTED = new TreeMap<>(Map.ofEntries(
            Map.entry("netty", "functions use the JDK's own HTTP client"),
            Map.entry("apache-client", "functions use the JDK's own HTTP client"),
            Map.entry("httpclient", "functions use the JDK's own HTTP client"),
            Map.entry("httpcore", "functions use the JDK's own HTTP client"),
            Map.entry("aws-crt", "functions use the JDK's own HTTP client"),
            Map.entry("okhttp", "functions use the JDK's own HTTP client"),
            Map.entry("junit", "test code"),
            Map.entry("opentest4j", "test code"),
            Map.entry("apiguardian", "test code"),
            Map.entry("assertj", "test code"),
            Map.entry("jqwik", "test code"),
            Map.entry("archunit", "test code"),
            Map.entry("awaitility", "test code"),
            Map.entry("mockito", "test code"),
            Map.entry("testcontainers", "test code"),
            Map.entry("wiremock", "test code"),
            Map.entry("DynamoDBLocal", "test code"),
            Map.entry("testing-", "test code"),
            Map.entry("thingspace-simulator", "only for a laptop"),
            Map.entry("local-", "only for a laptop"),
            Map.entry("helidon", "only for a laptop"),
            Map.entry("elasticmq", "only for a laptop"),
            Map.entry("event-ruler", "only for a laptop"),
            Map.entry("picocli", "only for a laptop"),
            Map.entry("aws-lambda-java-events", "events are read into records of our own"),
            Map.entry("aws-lambda-java-runtime-interface-client", "Lambda brings it"),
            Map.entry("aws-lambda-java-serialization", "Lambda brings it"),
            Map.entry("micronaut-function", "handlers are stream handlers on our own base class"),
            Map.entry("micronaut-inject-java", "an annotation processor"),
            Map.entry("micronaut-http", "a function serves no HTTP"),
            Map.entry("error_prone", "an annotation processor"),
            Map.entry("nullaway", "an annotation processor"),
            Map.entry("jackson-dataformat", "a function reads JSON only"),
            Map.entry("snakeyaml", "a function reads JSON only"),
            Map.entry("aws-java-sdk", "the first SDK"),
            Map.entry("kotlin", "another language's library"),
            Map.entry("scala", "another language's library")));

    private static final Pattern TEST_CLASS = Pattern.compile(".*(Test|IT|Properties|Contract)\\.class");
    private static final Pattern VERSIONED = Pattern.compile("(.+?)-\\d.*\\.jar");
    private static final Set<String> SAME_EVERYWHERE = Set.of("Manifest-Version", "Created-By");
    private static final Pattern OUTPUT_TIMESTAMP =
            Pattern.compile("<project\\.build\\.outputTimestamp>(.+)</project\\.build\\.outputTimestamp>");

    private final Archive archive;
    private final List<String> faults = new ArrayList<>();

    private ArchiveFaults(Archive archive) {
        this.archive = archive;
    }

    /** One sentence for each fault. */
    static List<String> of(Archive archive) {
        var faults = new ArchiveFaults(archive);
        faults.ownClasses();
        faults.unwantedLibraries();
        faults.unusedLibraries();
        faults.entriesThatDiffer();
        faults.jarsThatDiffer();
        return faults.faults;
    }

    private void ownClasses() {
        String handler = ProjectTree.packageOf(archive.module()).replace('.', '/') + "/"
                + ProjectTree.logicalId(archive.module()) + "Handler.class";
        if (archive.entries().stream().noneMatch(entry -> entry.name().equals(handler))) {
            fault(handler, "is missing");
        }
        archive.entries().stream()
                .map(Entry::name)
                .filter(name -> TEST_CLASS.matcher(name).matches())
                .forEach(name -> fault(name, "is not for Lambda: test code"));
    }

    private void unwantedLibraries() {
        var versions = new TreeMap<String, String>();
        for (Entry library : archive.libraries()) {
            UNWANTED.forEach((beginning, why) -> {
                if (library.fileName().startsWith(beginning)) {
                    fault(library.name(), "is not for Lambda: " + why);
                }
            });
            Matcher name = VERSIONED.matcher(library.fileName());
            if (name.matches() && versions.put(name.group(1), library.name()) != null) {
                fault(library.name(), "is there in another version too");
            }
        }
    }

    /** Our own modules come whole, with what any of their classes needs; they are small. */
    private void unusedLibraries() {
        Set<String> used = Reach.of(archive);
        archive.libraries().stream()
                .filter(library -> !used.contains(library.name()) && !isOurs(library))
                .forEach(library -> fault(library.name(), "is not used by the function"));
    }

    private void entriesThatDiffer() {
        LocalDateTime time = outputTimestamp();
        for (Entry entry : archive.entries()) {
            if (!entry.time().equals(time)) {
                fault(entry.name(), "has the time " + entry.time() + " and not the project's " + time);
            }
            if (!entry.mode().equals(entry.isFolder() ? "rwxr-xr-x" : "rw-r--r--")) {
                fault(entry.name(), "has the mode " + entry.mode() + ", which depends on who built it");
            }
        }
    }

    private void jarsThatDiffer() {
        String here = ProjectTree.root().toString();
        for (Entry entry : archive.entries()) {
            if (!entry.isLibrary()) {
                namesNoPlace(entry.name(), entry.content(), here);
            } else if (isOurs(entry)) {
                entry.unpacked().forEach((name, content) -> {
                    namesNoPlace(entry.name() + "!" + name, content, here);
                    if (name.equals("META-INF/MANIFEST.MF")) {
                        manifest(content).getMainAttributes().keySet().stream()
                                .map(Object::toString)
                                .filter(key -> !SAME_EVERYWHERE.contains(key))
                                .forEach(key -> fault(entry.name(), "says in its manifest where it was built: " + key));
                    }
                });
            }
        }
    }

    private void namesNoPlace(String name, byte[] content, String place) {
        if (new String(content, StandardCharsets.UTF_8).contains(place)) {
            fault(name, "names the folder it was built in");
        }
    }

    private void fault(String name, String what) {
        faults.add(archive.module() + ": " + name + " " + what);
    }

    private static boolean isOurs(Entry library) {
        return library.unpacked().keySet().stream()
                .anyMatch(name -> name.startsWith("dev/fleetline/") && name.endsWith(".class"));
    }

    private static LocalDateTime outputTimestamp() {
        Matcher pom = OUTPUT_TIMESTAMP.matcher(ProjectTree.text(ProjectTree.path("pom.xml")));
        if (!pom.find()) {
            throw new IllegalStateException("pom.xml has no project.build.outputTimestamp");
        }
        return OffsetDateTime.parse(pom.group(1))
                .withOffsetSameInstant(ZoneOffset.UTC)
                .toLocalDateTime();
    }

    private static Manifest manifest(byte[] content) {
        try {
            return new Manifest(new ByteArrayInputStream(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
