package dev.fleetline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.local.functions.HostedFunction;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is deployed works: every archive, started by Lambda's own runtime interface client, does with each sample what
 * its function does when it is hosted here.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the runtime interface client has native code for Linux alone")
class PackagedFunctionsIT {

    /** What is new in every run: digests that hold a time or an id, times, states, and the simulators' ports. */
    private static final Pattern PASSING =
            Pattern.compile("[0-9a-f]{32}|\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z|state=[A-Za-z0-9_-]{43}|127\\.0\\.0\\.1:\\d+");

    @TempDir
    private Path scratch = Path.of("");

    private StillWorld here;
    private StillWorld there;

    @BeforeEach
    void start() {
        here = new StillWorld();
        there = new StillWorld();
    }

    @AfterEach
    void stop() {
        there.close();
        here.close();
    }

    @TestFactory
    Stream<DynamicTest> a_packaged_function_does_with_every_sample_what_it_does_in_this_process() {
        assertThat(here.functions()).isNotEmpty();
        return Stream.concat(
                here.functions().stream()
                        .map(function ->
                                DynamicTest.dynamicTest(function.module(), () -> answersEverySample(function))),
                Stream.of(DynamicTest.dynamicTest("they have done something", this::haveDoneSomething)));
    }

    private void answersEverySample(HostedFunction expected) throws Exception {
        HostedFunction packaged = there.function(expected.module());
        List<Path> samples = samples(expected.module());
        assertThat(samples).isNotEmpty();
        try (var lambda = LambdaRuntime.start(packaged, unpacked(packaged), scratch)) {
            for (Path sample : samples) {
                JsonNode event = EdgeJson.JSON.readTree(Files.readString(sample));
                assertThat(lasting(lambda.invoke(event)))
                        .as("reply to %s", sample.getFileName())
                        .isEqualTo(lasting(expected.invoke(event)));
            }
        }
        assertThat(there.contents()).isEqualTo(here.contents());
    }

    private void haveDoneSomething() {
        assertThat(List.of("devices", "callbacks", "alerts")).allSatisfy(table -> assertThat(there.contents())
                .hasEntrySatisfying("items in fleetline-local-" + table, count -> assertThat(count)
                        .isPositive()));
    }

    @Test
    void an_archive_that_lacks_a_library_is_found_out_with_its_name() throws Exception {
        HostedFunction receiver = there.function("callback-receiver");
        Path code = unpacked(receiver);
        try (Stream<Path> libraries = Files.list(code.resolve("lib"))) {
            Files.delete(libraries
                    .filter(library -> library.getFileName().toString().startsWith("dynamodb-"))
                    .findFirst()
                    .orElseThrow());
        }
        JsonNode event = EdgeJson.JSON.createObjectNode();

        try (var lambda = LambdaRuntime.start(receiver, code, scratch)) {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> lambda.invoke(event))
                    .withMessageStartingWith("callback-receiver failed: ")
                    .withMessageContaining("software/amazon/awssdk/services/dynamodb/DynamoDbClient");
        }
        assertThat(there.contents()).isEqualTo(here.contents());
    }

    /** The archive that the template names, as Lambda unpacks it. */
    private Path unpacked(HostedFunction function) throws IOException {
        Path archive = root().resolve(function.properties().path("CodeUri").asText());
        assertThat(archive).as("mvn verify builds it").isRegularFile();
        Path target = Files.createDirectory(scratch.resolve(function.module()));
        try (FileSystem zip = FileSystems.newFileSystem(archive);
                Stream<Path> entries = Files.walk(zip.getPath("/"))) {
            for (Path entry : entries.skip(1).toList()) {
                Files.copy(entry, target.resolve(entry.toString().substring(1)));
            }
        }
        return target;
    }

    private static List<Path> samples(String module) throws IOException {
        try (Stream<Path> files = Files.list(root().resolve("events/samples/" + module))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .filter(file -> !file.getFileName().toString().startsWith("refused-"))
                    .sorted()
                    .toList();
        }
    }

    static Path root() {
        Optional<Path> folder = Optional.of(Path.of("").toAbsolutePath());
        while (folder.isPresent() && !Files.isRegularFile(folder.get().resolve("template.yaml"))) {
            folder = Optional.ofNullable(folder.get().getParent());
        }
        return folder.orElseThrow();
    }

    /** Without what no two runs have alike; fields are in no order. */
    private static JsonNode lasting(JsonNode reply) throws IOException {
        return EdgeJson.JSON.readTree(PASSING.matcher(reply.toString()).replaceAll("*"));
    }
}
