package dev.fleetline.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.localstack.Readiness.Verdict;
import org.junit.jupiter.api.Test;

class ReadinessTest {

    private static final String IMAGE = "localstack/localstack:4.14.0";

    @Test
    void a_machine_with_docker_and_the_image_runs_the_tests() {
        assertThat(verdict(true, true, "")).isInstanceOf(Verdict.Run.class);
        assertThat(verdict(true, true, "required")).isInstanceOf(Verdict.Run.class);
    }

    @Test
    void a_machine_without_docker_skips_them_and_says_which_command_mends_that() {
        assertThat(verdict(false, false, ""))
                .isEqualTo(new Verdict.Skip("Docker does not answer; mend it: infra/local/docker.sh"));
    }

    @Test
    void a_machine_without_the_image_skips_them_and_says_where_to_get_it() {
        assertThat(verdict(true, false, "")).isInstanceOfSatisfying(Verdict.Skip.class, skip -> assertThat(skip.why())
                .contains(IMAGE, "docker pull", "infra/local/localstack-image.sh"));
    }

    @Test
    void where_localstack_is_required_what_is_missing_fails_the_build() {
        assertThat(verdict(false, false, "required"))
                .isEqualTo(new Verdict.Fail(
                        "Docker does not answer; mend it: infra/local/docker.sh (-Dlocalstack=required)"));
    }

    private static Verdict verdict(boolean dockerAnswers, boolean hasImage, String demanded) {
        var machine = new Readiness.Machine() {
            @Override
            public boolean dockerAnswers() {
                return dockerAnswers;
            }

            @Override
            public boolean hasImage(String image) {
                return hasImage && image.equals(IMAGE);
            }
        };
        return Readiness.of(machine, IMAGE).verdict(demanded);
    }
}
