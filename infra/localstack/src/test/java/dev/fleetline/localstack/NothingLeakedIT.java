package dev.fleetline.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.testing.Leaks;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Runs after all others of this module, and finds no secret in what they logged. That the search finds one, infra/checks says. */
class NothingLeakedIT {

    @Test
    void no_secret_is_in_what_was_logged_beside_localstack() {
        assertThat(Leaks.in(Leaks.reports(Path.of("").toAbsolutePath()))).isEmpty();
    }
}
