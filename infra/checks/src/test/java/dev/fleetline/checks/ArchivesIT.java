package dev.fleetline.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Lambda is given: our classes, the libraries as they are, and nothing that only tests or servers need. */
class ArchivesIT {

    private static final List<String> NOT_FOR_LAMBDA = List.of(
            "netty",
            "apache-client",
            "junit",
            "assertj",
            "jqwik",
            "archunit",
            "dynamodblocal",
            "wiremock",
            "helidon",
            "testing-",
            "elasticmq");

    static Stream<String> functions() {
        return ProjectTree.functions().stream();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void an_archive_has_the_handler_its_libraries_and_nothing_else(String module) throws IOException {
        List<String> entries = entries(module);

        assertThat(entries)
                .contains(ProjectTree.packageOf(module).replace('.', '/') + "/" + ProjectTree.logicalId(module)
                        + "Handler.class")
                .anyMatch(entry -> entry.matches("lib/aws-lambda-java-core-.*\\.jar"))
                .anyMatch(entry -> entry.matches("lib/url-connection-client-.*\\.jar"))
                .noneMatch(entry -> entry.matches(".*(Test|IT|Properties|Contract)\\.class"));
        assertThat(entries).filteredOn(entry -> entry.startsWith("lib/")).allSatisfy(library -> assertThat(
                        NOT_FOR_LAMBDA)
                .noneMatch(unwanted -> library.toLowerCase(Locale.ROOT).contains(unwanted)));
    }

    private static List<String> entries(String module) throws IOException {
        var archive = ProjectTree.path("functions/" + module + "/target/" + module + ".zip");
        assertThat(archive).as("mvn verify builds it").isRegularFile();
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            return zip.stream().map(ZipEntry::getName).toList();
        }
    }
}
