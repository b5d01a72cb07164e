package dev.fleetline.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.checks.Archive.Entry;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who asks what is in an archive gets the true answer from the file beside it. */
class BillOfMaterialsIT {

    static Stream<String> functions() {
        return ProjectTree.functions().stream();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void the_bill_lists_every_library_of_the_archive_as_it_is_and_no_other(String module) {
        assertThat(BillOfMaterials.faults(bill(module), Archive.of(module)))
                .as("mvn verify writes %s anew, mvn -o does not", BillOfMaterials.path(module))
                .isEmpty();
    }

    @Test
    void a_bill_that_does_not_fit_is_refused_with_the_names() {
        ObjectNode bill = bill("outbox-relay").deepCopy();
        bill.put("serialNumber", "urn:uuid:00000000-0000-4000-8000-000000000000");
        ((ObjectNode) bill.path("metadata").path("component")).put("name", "inbox-relay");
        ((ArrayNode) bill.path("components"))
                .addObject()
                .put("name", "left-over")
                .put("version", "1.0");
        Archive archive = Archive.of("outbox-relay");
        Entry changed = archive.libraries().getFirst();
        Archive other = archive.with(file(changed.name())).with(file("lib/smuggled-2.0.jar"));

        List<String> faults = BillOfMaterials.faults(bill, other);

        assertThat(faults)
                .containsExactlyInAnyOrder(
                        changed.fileName() + " is another one than the bill lists",
                        "smuggled-2.0.jar is in the archive only",
                        "left-over-1.0.jar is in the bill only",
                        "the bill is of another function",
                        "the bill has a serial number or a time and would never be the same twice");
    }

    /** Skipped where Maven ran offline, and .ci/run lets nothing be skipped. */
    private static JsonNode bill(String module) {
        var file = BillOfMaterials.path(module);
        assumeTrue(file.toFile().isFile(), file + " is not there: mvn verify writes it, mvn -o does not");
        return ProjectTree.json(file);
    }

    private static Entry file(String name) {
        return new Entry(name, LocalDateTime.MIN, "", new byte[0]);
    }
}
