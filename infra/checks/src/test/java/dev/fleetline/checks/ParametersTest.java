package dev.fleetline.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.testing.template.Resolver;
import dev.fleetline.testing.template.Template;
import dev.fleetline.testing.template.TemplateException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** What the environments' files give is what the template takes, and what is out of bounds is refused by its name. */
class ParametersTest {

    private static final Template TEMPLATE = Template.read();

    static Stream<String> environments() {
        return ProjectTree.list(ProjectTree.path("infra/parameters")).stream()
                .map(ProjectTree::name)
                .map(name -> name.replaceFirst("\\.yaml$", ""));
    }

    static Stream<Arguments> numbers() {
        return TEMPLATE.parameters()
                .propertyStream()
                .filter(parameter -> parameter.getValue().has("MinValue"))
                .map(parameter -> Arguments.of(
                        parameter.getKey(),
                        parameter.getValue().path("MinValue").asLong(),
                        parameter.getValue().path("MaxValue").asLong()));
    }

    @Test
    void there_is_a_file_for_each_environment() {
        assertThat(environments()).containsExactlyInAnyOrder("dev", "staging", "prod");
    }

    @ParameterizedTest
    @MethodSource("environments")
    void a_file_gives_only_parameters_that_there_are_and_values_that_fit_each_other(String environment) {
        Map<String, String> given = given(environment);
        Resolver settings = Deployed.of(TEMPLATE, given).resolver();

        assertThat(settings.ref("Stage")).isEqualTo(environment);
        assertThat(Duration.ofSeconds(Long.parseLong(settings.ref("TokenAlarmSeconds"))))
                .isLessThan(Duration.parse(settings.ref("RenewBefore")));
        assertThat(Integer.parseInt(settings.ref("BatteryCritical")))
                .isLessThan(Integer.parseInt(settings.ref("BatteryWarning")));
        assertThat(settings.ref("CustomDomain").isEmpty())
                .isEqualTo(settings.ref("CertificateArn").isEmpty());
        assertThat(given).as("made by infra/deploy").containsEntry("Release", "");
    }

    @ParameterizedTest
    @MethodSource("environments")
    void no_file_tells_the_path_that_nobody_should_guess(String environment) {
        assertThat(given(environment)).isNotEmpty().doesNotContainKey("CallbackPath");
    }

    @ParameterizedTest
    @MethodSource("environments")
    void silence_is_no_alarm_before_the_first_report(String environment) {
        assertThat(Deployed.of(TEMPLATE, given(environment)).resolver().ref("StreamSilentHours"))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @MethodSource("environments")
    void sam_deploys_each_environment_by_its_file(String environment) {
        String section = environment.equals("dev") ? "default" : environment;

        assertThat(ProjectTree.text(ProjectTree.path("samconfig.toml")))
                .contains("""
                        [%s.deploy.parameters]
                        stack_name = "fleetline-%s"
                        parameter_overrides = "file://infra/parameters/%s.yaml"
                        capabilities = "CAPABILITY_IAM CAPABILITY_AUTO_EXPAND"
                        """.formatted(section, environment, environment));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void a_number_out_of_bounds_is_refused_by_its_name(String name, long least, long most) {
        refuses(name, String.valueOf(least - 1));
        refuses(name, String.valueOf(most + 1));
        assertThat(Deployed.of(TEMPLATE, Map.of(name, String.valueOf(most)))
                        .resolver()
                        .ref(name))
                .isEqualTo(String.valueOf(most));
    }

    @ParameterizedTest
    @CsvSource({
        "CarrierTimeout, PT2S",
        "CarrierTimeout, PT21S",
        "Carrier, pigeon",
        "ServicePlan, farmer's",
        "Zip, 9880",
        "Zip, 98801-1234",
        "IccidIssuers, 44",
        "'IccidIssuers', '891480,'",
        "AdmittedTacs, 9999990",
        "RenewBefore, P21D",
        "AuthorizeScopes, device",
        "'AuthorizeScopes', 'ts.device,ts.target'",
        "ReportingInterval, PT4M",
        "ThingSpaceCoreUrl, http://thingspace.example.test",
        "ThingSpaceCoreUrl, https://thingspace.example.test/",
        "ThingSpaceM2mUrl, https://thingspace.example.test/",
        "RotateCallbackSecret, yes",
        "SigningServices, CarrierService",
        "SigningKeyHeader, Shared Key",
        "CustomDomain, Callbacks.example.test",
        "CertificateArn, arn:aws:iam::000000000000:server-certificate/x",
        "CallbackPath, short",
        "GradualDeployment, Slowly",
        "Release, v1",
        "Account, 999000001-1",
        "Stage, dev-eu",
        "NoSuchParameter, 1"
    })
    void a_text_out_of_bounds_is_refused_by_its_name(String name, String value) {
        refuses(name, value);
    }

    @ParameterizedTest
    @CsvSource({
        "CarrierTimeout, PT3S",
        "CarrierTimeout, PT20S",
        "Carrier, m2m",
        "ServicePlan, m2m_4G",
        "Zip, 98801",
        "'IccidIssuers', '891480,894411'",
        "'AdmittedTacs', '99999900,35000000'",
        "AuthorizeScopes, ts.device ts.event.ro",
        "ThingSpaceCoreUrl, https://thingspace.example.test/core",
        "ThingSpaceCoreUrl, http://localhost:8090/core",
        "ThingSpaceCoreUrl, http://172.17.0.1:8090/core",
        "ThingSpaceCoreUrl, http://host.docker.internal:8090/core",
        "CustomDomain, callbacks.example.test"
    })
    void a_text_within_bounds_is_taken(String name, String value) {
        assertThat(Deployed.of(TEMPLATE, Map.of(name, value)).resolver().ref(name))
                .isEqualTo(value);
    }

    @Test
    void sam_knows_of_each_way_to_go_over_whether_it_is_gradual() {
        JsonNode ways = TEMPLATE.parameters().path("GradualDeployment").path("AllowedValues");

        assertThat(ways.valueStream()).isNotEmpty().allSatisfy(way -> assertThat(
                        Deployed.of(TEMPLATE, Map.of("GradualDeployment", way.asText()))
                                .resolver()
                                .resolve(TEMPLATE.globals().path("Function").path("DeploymentPreference"), "Globals")
                                .path("Enabled")
                                .asText())
                .isEqualTo(String.valueOf(!way.asText().equals("AllAtOnce"))));
    }

    private static void refuses(String name, String value) {
        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> Deployed.of(TEMPLATE, Map.of(name, value)))
                .withMessageStartingWith("Parameters." + name + ":");
    }

    private static Map<String, String> given(String environment) {
        Path file = ProjectTree.path("infra/parameters/" + environment + ".yaml");
        Map<String, Object> values = new Yaml().load(ProjectTree.text(file));
        var given = new TreeMap<String, String>();
        values.forEach((name, value) -> given.put(name, String.valueOf(value)));
        return given;
    }
}
