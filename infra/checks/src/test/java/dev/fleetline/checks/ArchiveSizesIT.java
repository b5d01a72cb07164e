package dev.fleetline.checks;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** An archive is as small as it was promised to be: what is larger starts later. */
class ArchiveSizesIT {

    private static final String README = """
            # Project

            ## Archives

            | function | size | budget |
            |---|---|---|
            | health-sweep | 12.5 MB | 14.0 MB |
            | outbox-relay | 12.0 MB | 13.0 MB |

            ## The tree

            | old-function | 9.0 MB | 9.0 MB |
            """;

    @Test
    void the_readme_tells_the_size_of_every_archive_and_each_is_within_its_budget() {
        Map<String, Long> sizes = ProjectTree.functions().stream()
                .collect(toMap(
                        module -> module,
                        module -> Archive.path(module).toFile().length()));

        assertThat(ArchiveSizes.faults(ProjectTree.text(ProjectTree.path("README.md")), sizes))
                .isEmpty();
    }

    @Test
    void sizes_are_rounded_up_to_halves() {
        assertThat(ArchiveSizes.faults(README, Map.of("health-sweep", 12_000_001L, "outbox-relay", 12_000_000L)))
                .isEmpty();
    }

    @Test
    void a_tenth_more_or_less_than_a_half_is_no_change_of_the_readme() {
        assertThat(ArchiveSizes.faults(README, Map.of("health-sweep", 12_599_999L, "outbox-relay", 11_400_001L)))
                .isEmpty();
        assertThat(ArchiveSizes.faults(README, Map.of("health-sweep", 12_600_001L, "outbox-relay", 11_399_999L)))
                .containsExactlyInAnyOrder(
                        "health-sweep is 13.0 MB, and the README says 12.5 MB",
                        "outbox-relay is 11.5 MB, and the README says 12.0 MB");
    }

    @Test
    void what_has_grown_what_is_over_budget_what_is_missing_and_what_is_left_over_is_named() {
        assertThat(ArchiveSizes.faults(README, Map.of("health-sweep", 14_000_001L, "token-refresh", 12_000_000L)))
                .containsExactlyInAnyOrder(
                        "health-sweep is 14.5 MB, and the README says 12.5 MB",
                        "health-sweep is over its budget of 14.0 MB: 14000001 bytes",
                        "outbox-relay has a row in the README's table of archives and no archive, or two rows",
                        "token-refresh has no row in the README's table of archives");
    }
}
