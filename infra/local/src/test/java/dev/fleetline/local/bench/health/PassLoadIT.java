package dev.fleetline.local.bench.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.local.bench.health.PassLoad.Measured;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The measure in small, without a look at how long anything takes. */
class PassLoadIT {

    @Test
    void a_pass_judges_every_device_once_and_the_one_over_the_overdue_only_those() {
        Measured measured = new PassLoad(Path.of("").toAbsolutePath(), false).run(300);

        PassTable table = new PassTable(List.of(measured));
        assertThat(table.missed()).as("%s", String.join("\n", table.lines())).isEmpty();
        assertThat(measured.overduePass().judged()).isEqualTo(3);
        assertThat(measured.overduePass().units().keySet()).noneMatch(step -> step.startsWith("Scan"));
    }
}
