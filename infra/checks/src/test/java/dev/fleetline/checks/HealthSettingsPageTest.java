package dev.fleetline.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.device.HealthSetting;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the page says about the numbers of health is what they are. */
class HealthSettingsPageTest {

    @Test
    void the_page_has_every_number_with_its_default_and_its_bounds() {
        List<String> rows = ProjectTree.text(ProjectTree.path("infra/health-settings.md"))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(HealthSetting.values())
                        .map(HealthSettingsPageTest::row)
                        .toList());
    }

    private static String row(HealthSetting setting) {
        String bounds = setting.kind() == HealthSetting.Kind.FLAG
                ? " | | |"
                : " | " + written(setting, setting.least()) + " | " + written(setting, setting.most()) + " |";
        return "| `" + setting + "` | " + written(setting, setting.usual()) + bounds;
    }

    private static String written(HealthSetting setting, double value) {
        return switch (setting.kind()) {
            case NUMBER -> value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
            case DURATION -> Duration.ofSeconds((long) value).toString();
            case FLAG -> String.valueOf(value != 0);
        };
    }
}
