package dev.fleetline.callbacksecretrotation;

import static dev.fleetline.callbacksecretrotation.RotationLab.STREAM_URL;
import static dev.fleetline.callbacksecretrotation.RotationLab.V2;
import static dev.fleetline.callbacksecretrotation.RotationLab.V3;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.carrier.CarrierStreams.Target;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** However often and wherever the process dies between two effects, while the platform goes on sending. */
class RotateCallbackSecretProperties {

    @Property(tries = 400)
    void deaths_end_in_a_whole_rotation_and_what_the_platform_shows_is_always_let_in(
            @ForAll @Size(max = 8) List<@IntRange(max = 60) Integer> deaths,
            @ForAll @IntRange(min = 1, max = 90) int minutesUntilTriedAgain,
            @ForAll boolean moves,
            @ForAll boolean m2mIsSetUp,
            @ForAll boolean namesAreWrittenOver,
            @ForAll @IntRange(max = 5) int everyNthEffectADeviceReports) {
        Story story = new Story(moves, m2mIsSetUp, namesAreWrittenOver, everyNthEffectADeviceReports, deaths);

        story.rotatesTo(V2, Duration.ofMinutes(minutesUntilTriedAgain));
        story.rotatesTo(V3, Duration.ofMinutes(minutesUntilTriedAgain));

        story.hasEndedWith(V3);
    }

    /** So that no effect is left to chance. */
    @Example
    void one_death_at_each_effect() {
        for (boolean moves : List.of(true, false)) {
            for (boolean namesAreWrittenOver : List.of(true, false)) {
                oneDeathAtEachEffect(moves, namesAreWrittenOver);
            }
        }
    }

    private static void oneDeathAtEachEffect(boolean moves, boolean namesAreWrittenOver) {
        int effect = 0;
        boolean died = true;
        while (died) {
            Story story = new Story(moves, true, namesAreWrittenOver, 1, List.of(effect));
            story.rotatesTo(V2, Duration.ofMinutes(7));
            story.hasEndedWith(V2);
            died = story.deaths > 0;
            effect++;
        }
        assertThat(effect).as("effects of one rotation").isGreaterThan(25);
    }

    /** The process ended here. */
    private static final class Died extends RuntimeException {
        Died(String effect) {
            super("died at " + effect);
        }
    }

    /** A rotation that Secrets Manager begins again, from its first step, until it comes through. */
    private static final class Story {

        private final RotationLab lab = RotationLab.inService();
        private final Queue<Integer> lives;
        private final int everyNth;
        private int left;
        private int effects;
        private int deaths;
        private boolean told;

        Story(
                boolean moves,
                boolean m2mIsSetUp,
                boolean namesAreWrittenOver,
                int everyNthEffectADeviceReports,
                List<Integer> lives) {
            this.lives = new ArrayDeque<>(lives);
            this.everyNth = everyNthEffectADeviceReports;
            lab.m2mIsSetUp = m2mIsSetUp;
            if (!moves) {
                lab.streams.refusesToMove();
            }
            if (namesAreWrittenOver) {
                lab.streams.overwritesNames("owner@example.test");
            }
            lab.versions.onEffect(this::effect);
            lab.streams.onEffect(this::effect);
            lab.listeners.onEffect(this::effect);
            lab.store.onEffect(this::death);
        }

        void rotatesTo(String version, Duration betweenTries) {
            lab.clock.forward(Duration.ofMinutes(31));
            lab.versions.begins(version);
            for (int attempt = 0; attempt < 60; attempt++) {
                left = lives.isEmpty() ? Integer.MAX_VALUE : lives.remove();
                try {
                    lab.create(version);
                    lab.set(version);
                    lab.test(version);
                    lab.finish(version);
                    lab.versions.hasRotated();
                    left = Integer.MAX_VALUE;
                    return;
                } catch (Died died) {
                    deaths++;
                } catch (StepRefused tooEarly) {
                    assertThat(tooEarly).hasMessageContaining("minutes ago");
                } finally {
                    lab.clock.forward(betweenTries);
                    left = Integer.MAX_VALUE;
                    everybodySends();
                }
            }
            throw new AssertionError("the rotation never came through");
        }

        private void effect(String name) {
            if (told) {
                return; // of what a device or a service does meanwhile
            }
            effects++;
            if (everyNth > 0 && effects % everyNth == 0) {
                everybodySends();
            }
            death(name);
        }

        private void death(String name) {
            if (!told) {
                lab.clock.forward(Duration.ofMillis(200));
                if (left-- == 0) {
                    throw new Died(name);
                }
            }
        }

        private void everybodySends() {
            told = true;
            lab.reports(1 + effects % 3);
            for (String service : List.of("CarrierService", "DeviceService")) {
                for (int stale = 0; stale <= 14; stale += 7) {
                    lab.callsBack(service, Duration.ofMinutes(stale));
                }
            }
            told = false;
        }

        void hasEndedWith(String version) {
            everybodySends();
            told = true;
            assertThat(lab.shownInVain).as("what was shown and not let in").isEmpty();
            assertThat(lab.stored()).as("reports in the table").isEqualTo(lab.reported);
            assertThat(lab.store.deliveries()).as("each once").hasSameSizeAs(lab.reported);
            assertThat(lab.versions.labels().current()).contains(version);
            assertThat(lab.streams.keyOf("ts.event"))
                    .contains(lab.valueOf(version).streamKey());
            for (String service : List.of("CarrierService", "DeviceService")) {
                assertThat(lab.passwordShownBy(service))
                        .contains(lab.valueOf(version).password());
            }
            assertThat(lab.passwordShownBy("NiddService")).contains("their-password");
            assertThat(lab.targets())
                    .as("the target with this key, and that of others")
                    .extracting(Target::address)
                    .containsExactlyInAnyOrder(STREAM_URL, "https://elsewhere.example.test/stream");
        }
    }
}
