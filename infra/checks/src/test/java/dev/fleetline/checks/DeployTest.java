package dev.fleetline.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.checks.StubbedShell.Ran;
import dev.fleetline.testing.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        // JSON, which is YAML too: the Python of a bare machine reads no other
        settings("dev", "\"LogRetentionDays\": 7");
        settings("prod", "\"LogRetentionDays\": 90");
        Files.writeString(
                project.resolve("template.yaml"),
                "{\"Parameters\": " + Template.read().parameters() + "}");
        Files.createDirectories(project.resolve("infra/local"));
        executable("infra/local/tool", "echo " + folder.resolve("bin"));
        Files.createSymbolicLink(folder.resolve("bin/python"), Path.of("python3"));
        Files.copy(ProjectTree.path("infra/check-parameters.py"), project.resolve("infra/check-parameters.py"));
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
        assertThat(shell.files()).isEqualTo("{\"LogRetentionDays\": 7}");
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
    void a_new_path_is_made_on_demand_as_the_first_one_was() {
        stackIs("UPDATE_COMPLETE");

        Ran ran = run("dev", "--new-path");

        assertThat(ran.status()).isZero();
        assertThat(shell.files()).contains("CallbackPath: \"" + PATH_MADE + "\"");
        assertThat(shell.calls()).noneMatch(call -> call.contains(PATH_MADE));
        assertThat(ran.out())
                .doesNotContain(PATH_MADE)
                .contains("infra/local/fleetline streams repair --stack fleetline-dev");
        assertThat(folder.toFile().list((_, name) -> name.startsWith("tmp."))).isEmpty();
    }

    static Stream<Arguments> misfits() {
        return Stream.of(
                Arguments.of("\"SlackPercent\": 120", "SlackPercent: must be at most 100, not '120'"),
                Arguments.of("\"SlackPercent\": -1", "SlackPercent: must be at least 0, not '-1'"),
                Arguments.of("\"PageSize\": \"many\"", "PageSize: must be a number, not 'many'"),
                Arguments.of("\"LogRetentionDays\": 8", "LogRetentionDays: must be one of 1, 3, 5"),
                Arguments.of("\"Architecture\": \"arm\"", "Architecture: must be one of arm64, x86_64, not 'arm'"),
                Arguments.of("\"Account\": \"1\"", "Account: must be ten digits, a hyphen, five digits"),
                Arguments.of("\"SlackPrecent\": 1", "SlackPrecent: is no parameter of the template, not '1'"),
                Arguments.of(
                        "\"TokenAlarmSeconds\": 86400, \"RenewBefore\": \"PT24H\"",
                        "TokenAlarmSeconds: must be less than RenewBefore, which is 86400 seconds"),
                Arguments.of(
                        "\"BatteryCritical\": 20",
                        "BatteryCritical: must be less than BatteryWarning, which is 20, not '20'"),
                Arguments.of(
                        "\"CustomDomain\": \"callbacks.example.test\"",
                        "CertificateArn: must be given with CustomDomain"),
                Arguments.of(
                        "\"CertificateArn\": \"arn:aws:acm:us-east-1:000000000000:certificate/a\"",
                        "CustomDomain: must be given with CertificateArn"));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void a_value_that_does_not_fit_is_named_before_anything_is_built(String settings, String complaint)
            throws IOException {
        stackIs("UPDATE_COMPLETE");
        settings("dev", settings);

        Ran ran = run("dev");

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err().lines().filter(line -> line.startsWith("dev.yaml: ")))
                .singleElement()
                .asString()
                .startsWith("dev.yaml: " + complaint);
        assertThat(shell.calls()).noneMatch(call -> call.startsWith("mvn") || call.startsWith("sam"));
    }

    @Test
    void every_value_that_does_not_fit_has_a_line_of_its_own_and_the_name_of_the_environment_counts()
            throws IOException {
        shell.answers("aws", "describe-stacks", 254, "", "Stack with id fleetline-dev-eu does not exist");
        settings("dev-eu", "\"SlackPercent\": 120, \"PageSize\": 0");

        assertThat(run("dev-eu").err().lines().filter(line -> line.startsWith("dev-eu.yaml: ")))
                .satisfiesExactly(
                        line -> assertThat(line).contains("SlackPercent"),
                        line -> assertThat(line).contains("PageSize"),
                        line -> assertThat(line).contains("Stage: must be two to sixteen lower-case letters"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"infra/deploy", "infra/lint", "infra/local/tool", "infra/local/fleetline"})
    void what_runs_on_macos_asks_for_no_newer_bash_than_it_has(String script) {
        assertThat(ProjectTree.text(ProjectTree.path(script)).lines().map(line -> line.replaceAll("^ *#.*", "")))
                .noneMatch(line ->
                        line.matches(".*(\\bmapfile\\b|\\breadarray\\b|\\bcoproc\\b|(declare|local|typeset) -[a-z]*[An]"
                                + "|\\$\\{\\w+(,,?|\\^\\^?|@[A-Z])}|&>>|\\|&|;;&|\\[\\[ -v ).*"));
    }

    @Test
    void a_release_is_known_by_its_archives_the_template_and_its_settings() throws IOException {
        stackIs("UPDATE_COMPLETE");

        run("dev");

        String template = Files.readString(folder.resolve("project/template.yaml"));
        assertThat(shell.stdin()).contains("an archive " + template + "{\"LogRetentionDays\": 7}");
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
        executable("infra/lint", "exit 1");
        assertThat(run("dev").err()).contains("the template has faults");

        shell.answers("mvn", "verify", 1, "", "BUILD FAILURE");
        assertThat(run("dev").err()).contains("the build failed");
        assertThat(shell.calls()).noneMatch(call -> call.startsWith("sam"));
    }

    private void settings(String environment, String fields) throws IOException {
        Files.writeString(folder.resolve("project/infra/parameters/" + environment + ".yaml"), "{" + fields + "}");
    }

    private void executable(String script, String does) throws IOException {
        Path file = folder.resolve("project").resolve(script);
        Files.writeString(file, "#!/usr/bin/env bash\n" + does + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
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
