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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of the house hold, and each of them bites. */
class HouseRulesTest {

    private static final int LONGEST_HANDLER = 80;
    private static final String[] DOMAIN = {"dev.fleetline.device..", "dev.fleetline.alert.."};
    private static final String[] ADAPTERS = {
        "dev.fleetline.fleetdynamodb..",
        "dev.fleetline.fleeteventseventbridge..",
        "dev.fleetline.tokenssecretsmanager..",
        "dev.fleetline.thingspaceoauth..",
        "dev.fleetline.thingspacecore.."
    };
    private static final String[] PORTS = {
        "dev.fleetline.device..",
        "dev.fleetline.alert..",
        "dev.fleetline.callback..",
        "dev.fleetline.claims..",
        "dev.fleetline.carrier..",
        "dev.fleetline.fleetevents..",
        "dev.fleetline.tokens..",
        "dev.fleetline.lambda.."
    };
    private static final String EXAMPLES = "dev.fleetline.checks.examples.";

    private static final JavaClasses OURS = new ClassFileImporter().importPaths(mainClasses());
    private static final JavaClasses BAD =
            new ClassFileImporter().importPackages(EXAMPLES.substring(0, EXAMPLES.length() - 1));

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
