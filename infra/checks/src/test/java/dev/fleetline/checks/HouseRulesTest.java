package dev.fleetline.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of the house hold, and each of them bites. */
class HouseRulesTest {

    private static final int LONGEST_HANDLER = 80;

    /** What each module of shared is; the rules below hold for all of a kind. */
    private static final Map<Layer, List<String>> LAYERS = Map.of(
            Layer.DOMAIN, List.of("device", "alert", "onboarding"),
            Layer.PORT, List.of("callback", "claims", "carrier", "files", "fleet-events", "tokens"),
            Layer.ADAPTER,
                    List.of(
                            "fleet-dynamodb",
                            "fleet-events-eventbridge",
                            "files-s3",
                            "tokens-secretsmanager",
                            "thingspace-oauth",
                            "thingspace-core",
                            "thingspace-m2m"),
            Layer.USE_CASE, List.of("applying", "sweep-files"),
            Layer.EDGE, List.of("lambda", "health-settings"),
            Layer.TESTING, List.of("testing"));

    private enum Layer {
        /** Plain Java, and nothing but itself. */
        DOMAIN,
        /** What the domain and the use cases need of the world. */
        PORT,
        /** What fulfils a port, with a library or a service. */
        ADAPTER,
        /** What more than one function does; it knows ports. */
        USE_CASE,
        /** What every handler stands on. */
        EDGE,
        /** Fakes, contracts and stand-ins; in no archive. */
        TESTING
    }

    private static final String[] DOMAIN = packages(Layer.DOMAIN);
    private static final String[] ADAPTERS = packages(Layer.ADAPTER);
    private static final String[] PORTS = packages(Layer.DOMAIN, Layer.PORT, Layer.USE_CASE, Layer.EDGE);
    private static final String EXAMPLES = "dev.fleetline.checks.examples.";

    private static final JavaClasses OURS = new ClassFileImporter().importPaths(mainClasses());
    private static final JavaClasses BAD =
            new ClassFileImporter().importPackages(EXAMPLES.substring(0, EXAMPLES.length() - 1));

    @Test
    void every_module_of_shared_is_in_one_layer() {
        assertThat(layerFaults(ProjectTree.modules("shared"), LAYERS)).isEmpty();

        assertThat(layerFaults(
                        List.of("device", "weather", "alert"),
                        Map.of(Layer.DOMAIN, List.of("device", "alert"), Layer.PORT, List.of("alert", "climate"))))
                .containsExactly(
                        "shared/weather is in no layer: say in HouseRulesTest what it is",
                        "shared/alert is in more than one layer",
                        "shared/climate is in a layer, and is not there");
    }

    @Test
    void every_class_is_in_the_package_of_its_module() {
        assertThat(Stream.of("shared", "functions").flatMap(parent -> ProjectTree.modules(parent).stream()
                        .flatMap(module -> strangers(module, ProjectTree.path(parent + "/" + module)).stream())))
                .isEmpty();
    }

    @Test
    void a_class_in_the_package_of_another_module_is_named(@TempDir Path module) throws IOException {
        for (String file : List.of("weather/Forecast.java", "weather/map/Isobar.java", "device/Umbrella.java")) {
            Path source = module.resolve("src/main/java/dev/fleetline/" + file);
            Files.createDirectories(source.getParent());
            Files.writeString(source, "");
        }

        assertThat(strangers("weather", module))
                .singleElement()
                .asString()
                .endsWith(
                        "Umbrella.java is not in dev.fleetline.weather, so no rule of the house sees it for what it is");
    }

    @Test
    void the_domain_is_plain_java() {
        HouseRules.plainJava(DOMAIN, "dev.fleetline.fleetevents..").check(OURS);

        refuses(HouseRules.plainJava(new String[] {EXAMPLES + "domain.."}), "RuleWithLibrary");
    }

    @Test
    void functions_leave_each_other_alone() {
        List<String> packages = functionPackages();
        for (String function : packages) {
            HouseRules.keepsToItself(
                            function,
                            packages.stream()
                                    .filter(other -> !other.equals(function))
                                    .toArray(String[]::new))
                    .check(OURS);
        }

        refuses(HouseRules.keepsToItself(EXAMPLES + "onejob..", EXAMPLES + "otherjob.."), "JobThatBorrows");
    }

    @Test
    void only_a_wiring_names_an_adapter() {
        HouseRules.onlyWiringsName(functionPackages().toArray(String[]::new), ADAPTERS)
                .check(OURS);

        assertThat(refusal(HouseRules.onlyWiringsName(new String[] {EXAMPLES + "onejob.."}, EXAMPLES + "adapter..")))
                .contains("JobThatBorrows")
                .doesNotContain("BorrowedWiring");
    }

    @Test
    void ports_and_the_domain_name_no_adapter_and_no_function() {
        HouseRules.neverNames(
                        PORTS,
                        Stream.concat(Stream.of(ADAPTERS), functionPackages().stream())
                                .toArray(String[]::new))
                .check(OURS);

        refuses(HouseRules.neverNames(new String[] {EXAMPLES + "onejob.."}, EXAMPLES + "adapter.."), "BorrowedWiring");
    }

    @Test
    void names_say_something() {
        HouseRules.namesSaySomething().check(OURS);
        HouseRules.packagesAreCapabilities().check(OURS);

        refuses(HouseRules.namesSaySomething(), "ThingManager");
        refuses(HouseRules.packagesAreCapabilities(), "Odds");
    }

    @Test
    void time_chance_ids_and_waiting_are_given() {
        List<String> packages = new ArrayList<>(functionPackages());
        Collections.addAll(packages, PORTS);
        Collections.addAll(packages, ADAPTERS);

        HouseRules.takeNothingFromTheWorld(packages.toArray(String[]::new)).check(OURS);

        assertThat(refusal(HouseRules.takeNothingFromTheWorld(EXAMPLES + "onejob..")))
                .contains("Instant.now()")
                .contains("UUID.randomUUID()");
    }

    @Test
    void a_handler_is_a_doorway_and_no_more() {
        assertThat(ProjectTree.files(ProjectTree.path("functions"), "Handler.java"))
                .isNotEmpty()
                .filteredOn(HouseRulesTest::isTooLong)
                .isEmpty();
    }

    @Test
    void a_handler_that_is_a_program_is_refused(@TempDir Path folder) throws IOException {
        String head = "package p;\n\nimport a.B;\nimport static a.B.c;\n\n";
        Path good = Files.writeString(folder.resolve("GoodHandler.java"), head + "x\n".repeat(LONGEST_HANDLER));
        Path bad = Files.writeString(folder.resolve("BadHandler.java"), head + "x\n".repeat(LONGEST_HANDLER + 1));

        assertThat(isTooLong(good)).isFalse();
        assertThat(isTooLong(bad)).isTrue();
    }

    /** Imports do not count: what is long by them is no program yet. */
    private static boolean isTooLong(Path source) {
        return ProjectTree.text(source)
                        .lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("import ") && !line.startsWith("package "))
                        .count()
                > LONGEST_HANDLER;
    }

    private static void refuses(ArchRule rule, String culprit) {
        assertThat(refusal(rule)).contains(culprit);
    }

    private static String refusal(ArchRule rule) {
        var refused = new String[] {""};
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> rule.check(BAD))
                .satisfies(error -> refused[0] = String.valueOf(error.getMessage()));
        return refused[0];
    }

    private static String[] packages(Layer... layers) {
        return Stream.of(layers)
                .flatMap(layer -> LAYERS.getOrDefault(layer, List.of()).stream())
                .map(module -> ProjectTree.packageOf(module) + "..")
                .toArray(String[]::new);
    }

    private static List<String> layerFaults(List<String> modules, Map<Layer, List<String>> layers) {
        List<String> listed = layers.values().stream().flatMap(List::stream).toList();
        var faults = new ArrayList<String>();
        for (String module : modules) {
            switch (Collections.frequency(listed, module)) {
                case 0 -> faults.add("shared/" + module + " is in no layer: say in HouseRulesTest what it is");
                case 1 -> {}
                default -> faults.add("shared/" + module + " is in more than one layer");
            }
        }
        listed.stream()
                .filter(module -> !modules.contains(module))
                .forEach(module -> faults.add("shared/" + module + " is in a layer, and is not there"));
        return faults;
    }

    private static List<String> strangers(String module, Path folder) {
        String home = ProjectTree.packageOf(module);
        Path sources = folder.resolve("src/main/java");
        return ProjectTree.files(sources, ".java").stream()
                .filter(file -> !file.startsWith(sources.resolve(home.replace('.', '/'))))
                .map(file -> file + " is not in " + home + ", so no rule of the house sees it for what it is")
                .toList();
    }

    private static List<String> functionPackages() {
        return ProjectTree.functions().stream()
                .map(module -> ProjectTree.packageOf(module) + "..")
                .toList();
    }

    private static List<Path> mainClasses() {
        List<Path> folders = Stream.of("shared", "functions", "infra")
                .flatMap(parent -> ProjectTree.modules(parent).stream().map(module -> parent + "/" + module))
                .map(module -> ProjectTree.path(module + "/target/classes"))
                .filter(Files::isDirectory)
                .toList();
        if (folders.isEmpty()) {
            throw new IllegalStateException("no module has target/classes: build the project first (mvn verify)");
        }
        return folders;
    }
}
