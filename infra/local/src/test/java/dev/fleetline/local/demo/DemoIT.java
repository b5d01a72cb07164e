package dev.fleetline.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.local.LocalFleetline;
import dev.fleetline.local.LocalSetup;
import dev.fleetline.local.cli.FleetlineCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {

    @Test
    void every_step_of_the_story_is_observed() {
        var told = new StringWriter();
        try (var fleetline = LocalFleetline.start(
                LocalSetup.onFreePorts(Path.of("").toAbsolutePath()).standingAt(Demo.BEGINNING))) {
            boolean observed = new Demo(fleetline, Telling.text(new PrintWriter(told, true))).play();
            assertThat(observed).as(told.toString()).isTrue();
        }
        assertThat(told.toString()).contains("\u2713").doesNotContain("\u2717");
    }

    @Test
    void every_step_of_the_tokens_story_is_observed() {
        var told = new StringWriter();
        try (var fleetline = LocalFleetline.start(
                LocalSetup.onFreePorts(Path.of("").toAbsolutePath()).standingAt(Demo.BEGINNING))) {
            boolean observed = new TokenStory(fleetline, Telling.text(new PrintWriter(told, true))).play();
            assertThat(observed).as(told.toString()).isTrue();
        }
        assertThat(told.toString()).contains("\u2713").doesNotContain("\u2717");
    }

    @Test
    void every_step_of_the_callbacks_story_is_observed() {
        var told = new StringWriter();
        try (var fleetline = LocalFleetline.start(
                LocalSetup.onFreePorts(Path.of("").toAbsolutePath()).standingAt(Demo.BEGINNING))) {
            boolean observed = new CallbackStory(fleetline, Telling.text(new PrintWriter(told, true))).play();
            assertThat(observed).as(told.toString()).isTrue();
        }
        assertThat(told.toString()).contains("\u2713").doesNotContain("\u2717");
    }

    @Test
    void every_step_of_the_onboarding_story_is_observed() {
        var told = new StringWriter();
        try (var fleetline = LocalFleetline.start(
                LocalSetup.onFreePorts(Path.of("").toAbsolutePath()).standingAt(Demo.BEGINNING))) {
            boolean observed = new OnboardingStory(fleetline, Telling.text(new PrintWriter(told, true))).play();
            assertThat(observed).as(told.toString()).isTrue();
        }
        assertThat(told.toString()).contains("\u2713").doesNotContain("\u2717");
    }

    @Test
    void every_step_of_the_health_story_is_observed(@TempDir Path folder) {
        var told = new StringWriter();
        try (var fleetline = LocalFleetline.start(
                LocalSetup.onFreePorts(Path.of("").toAbsolutePath()).standingAt(Demo.BEGINNING))) {
            boolean observed = new HealthStory(
                            fleetline,
                            Telling.text(new PrintWriter(told, true)),
                            FleetlineCommand.commandLine(),
                            folder)
                    .play();
            assertThat(observed).as(told.toString()).isTrue();
        }
        assertThat(told.toString()).contains("\u2713").doesNotContain("\u2717");
    }
}
