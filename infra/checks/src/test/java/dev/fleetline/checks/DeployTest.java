package dev.fleetline.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.checks.StubbedShell.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code infra/deploy} in a project of its own, with no AWS behind it. */
class DeployTest {

    private static final String DIGEST = "abcdef0123".repeat(6) + "abcd";
    private static final String PATH_MADE = "0123456789abcdef0123456789abcdef";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // filled before each test
    private StubbedShell shell;

    @SuppressWarnings("NullAway.Init") // filled before each test
    private Path deploy;

    @BeforeEach
    void a_project_with_two_environments_and_a_machine_that_has_everything() throws IOException {
        shell = new StubbedShell(folder)
                .with("JAVA_HOME", System.getProperty("java.home"))
                .with("AWS_REGION", "us-east-1")
                .has("mvn", "sam", "aws", "openssl")
                .answers("aws", "sts get-caller-identity", "000000000000\n")
                .answers("openssl", "rand -hex 16", PATH_MADE + "\n")
                .answers("openssl", "dgst -sha256", DIGEST + " *stdin\n");
        Path project = folder.resolve("project");
        Files.createDirectories(project.resolve("infra/parameters"));
        Files.writeString(project.resolve("infra/parameters/dev.yaml"), "LogRetentionDays: 7\n");
        Files.writeString(project.resolve("infra/parameters/prod.yaml"), "LogRetentionDays: 90\n");
        Files.createDirectories(project.resolve("functions/some-job/target"));
        Files.writeString(project.resolve("functions/some-job/target/some-job.zip"), "an archive ");
        deploy = Files.copy(ProjectTree.path("infra/deploy"), project.resolve("infra/deploy"));
    }

    @ParameterizedTest
    @CsvSource({"dev --yes --dry-run", "--yes dev --dry-run", "--dry-run --yes dev"})
    void options_may_stand_anywhere(String arguments) {
        stackIs("UPDATE_COMPLETE");

        assertThat(run(arguments.split(" ", -1)).status()).isZero();

        assertThat(sam()).contains("--stack-name fleetline-dev", "--no-confirm-changeset", "--no-execute-changeset");
        assertThat(shell.files()).isEqualTo("LogRetentionDays: 7\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "staging | there is no environment staging; there are: dev prod",
                "--yes | which environment?",
                "dev prod | one environment at a time: dev or prod",
                "dev --force | there is no option --force",
            })
    void what_it_does_not_understand_it_says_and_does_nothing(String arguments, String complaint) {
        Ran ran = run(arguments.split(" ", -1));

        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err()).contains(complaint);
        assertThat(shell.calls()).isEmpty();
    }

    @Test
    void every_missing_tool_is_named_with_what_mends_it_before_anything_is_done() {
        shell.lacks("mvn").lacks("sam").lacks("aws").lacks("openssl");

        Ran ran = run("dev");

        assertThat(ran.status()).isEqualTo(3);
        assertThat(ran.err())
                .contains("missing: Maven", "missing: the SAM CLI", "missing: the AWS CLI", "missing: openssl")
                .contains("mend it: pip install aws-sam-cli");
        assertThat(ran.err().lines().filter(line -> line.startsWith("missing:")))
                .hasSize(4);
        assertThat(shell.calls()).isEmpty();
    }

    @Test
    void credentials_and_region_are_looked_at_before_anything_is_built() throws IOException {
        Ran noRegion = shell.with("AWS_REGION", "").run("", deploy, "dev");
        assertThat(noRegion.err()).contains("missing: a region");

        StubbedShell stranger = new StubbedShell(Files.createDirectory(folder.resolve("stranger")))
                .with("JAVA_HOME", System.getProperty("java.home"))
                .with("AWS_DEFAULT_REGION", "eu-central-1")
                .has("mvn", "sam", "aws", "openssl")
                .answers("aws", "sts", 255, "", "Unable to locate credentials");
        Ran noCredentials = stranger.run("", deploy, "dev");
        assertThat(noCredentials.err()).contains("missing: credentials that AWS takes");
        assertThat(stranger.calls()).noneMatch(call -> call.startsWith("mvn") || call.startsWith("sam"));
    }

    @Test
    void the_first_deploy_makes_a_path_that_shows_in_no_argument_and_says_what_comes_next() {
        shell.answers("aws", "describe-stacks", 254, "", "Stack with id fleetline-dev does not exist");

        Ran ran = run("dev");

        assertThat(ran.status()).isZero();
        assertThat(shell.files()).contains("CallbackPath: \"" + PATH_MADE + "\"");
        assertThat(shell.calls()).noneMatch(call -> call.contains(PATH_MADE));
        assertThat(ran.out())
                .doesNotContain(PATH_MADE)
                .contains("infra/secrets dev core-client", "infra/secrets dev core-token", "infra/secrets dev stream");
    }

    @Test
    void what_a_dry_run_left_behind_before_the_first_deploy_is_still_a_first_deploy() {
        stackIs("REVIEW_IN_PROGRESS");

        run("dev");

        assertThat(shell.files()).contains(PATH_MADE);
    }

    @Test
    void a_later_deploy_leaves_the_path_as_it_is() {
        stackIs("UPDATE_COMPLETE");

        assertThat(run("dev").status()).isZero();

        assertThat(shell.files()).doesNotContain("CallbackPath");
        assertThat(sam()).doesNotContain("CallbackPath").contains("Stage=dev");
    }

    @Test
    void a_release_is_known_by_its_archives_and_its_settings() {
        stackIs("UPDATE_COMPLETE");

        run("dev");

        assertThat(shell.stdin()).contains("an archive LogRetentionDays: 7");
        assertThat(sam()).contains(" Release=" + DIGEST.substring(0, 40));
    }

    @Test
    void it_is_maven_that_builds_and_somebody_is_asked_before_the_change_set_is_executed() {
        stackIs("UPDATE_COMPLETE");

        run("dev");

        assertThat(sam()).contains("--confirm-changeset").doesNotContain("--no-confirm-changeset");
        List<String> worked = shell.calls().stream()
                .filter(call -> call.startsWith("mvn") || call.startsWith("sam"))
                .toList();
        assertThat(worked).hasSize(2);
        assertThat(worked.get(0)).startsWith("mvn").contains("verify");
        assertThat(worked.get(1)).startsWith("sam deploy");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ROLLBACK_COMPLETE | A first deploy that failed",
                "UPDATE_IN_PROGRESS | wait until that has ended",
            })
    void a_stack_that_takes_nothing_stops_it_before_the_build(String status, String complaint) {
        stackIs(status);

        Ran ran = run("dev");

        assertThat(ran.status()).isEqualTo(4);
        assertThat(ran.err()).contains(status, complaint);
        assertThat(shell.calls()).noneMatch(call -> call.startsWith("mvn"));
    }

    @Test
    void a_stack_that_cannot_be_looked_at_is_not_taken_for_one_that_is_not_there() {
        shell.answers("aws", "describe-stacks", 254, "", "AccessDenied: not authorized");

        Ran ran = run("dev", "--yes");

        assertThat(ran.status()).isEqualTo(4);
        assertThat(ran.err()).contains("AccessDenied");
        assertThat(shell.calls()).noneMatch(call -> call.startsWith("sam"));
    }

    @Test
    void neither_a_failed_build_nor_a_template_with_faults_is_deployed() throws IOException {
        stackIs("UPDATE_COMPLETE");
        Path lint = folder.resolve("project/infra/lint");
        Files.writeString(lint, "#!/usr/bin/env bash\nexit 1\n");
        assertThat(lint.toFile().setExecutable(true)).isTrue();
        assertThat(run("dev").err()).contains("the template has faults");

        shell.answers("mvn", "verify", 1, "", "BUILD FAILURE");
        assertThat(run("dev").err()).contains("the build failed");
        assertThat(shell.calls()).noneMatch(call -> call.startsWith("sam"));
    }

    private void stackIs(String status) {
        shell.answers("aws", "describe-stacks", status + "\n");
    }

    private Ran run(String... arguments) {
        return shell.run("", deploy, arguments);
    }

    private String sam() {
        return shell.calls().stream()
                .filter(call -> call.startsWith("sam "))
                .reduce("", (all, call) -> all + call + "\n");
    }
}
