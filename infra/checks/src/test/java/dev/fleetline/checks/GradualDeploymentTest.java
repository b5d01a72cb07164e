package dev.fleetline.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.testing.template.Resource;
import dev.fleetline.testing.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything calls the alias of a function, each release moves it, and a function's own errors stop its move. */
class GradualDeploymentTest {

    private static final String TEMPLATE = ProjectTree.text(ProjectTree.path("template.yaml"));

    @Test
    void a_new_version_takes_over_by_the_alias_and_goes_back_on_errors() {
        assertThat(faults(Template.parse(TEMPLATE))).isEmpty();
    }

    static Stream<Arguments> worsened() {
        return Stream.of(
                Arguments.of("    AutoPublishAlias: live\n", "", "TokenRefresh has no alias"),
                Arguments.of(
                        "      AutoPublishCodeSha256: !Ref Release\n",
                        "",
                        "TokenRefresh gets no version when only a setting changes"),
                Arguments.of(
                        "fleetline-\\$\\{Stage}-token-refresh-errors",
                        "fleetline-\\${Stage}-outbox-relay-errors",
                        "TokenRefresh does not go back on its own errors"),
                Arguments.of(
                        "-callback-receiver:live/invocations",
                        "-callback-receiver/invocations",
                        "CallbackIntegration calls past the alias"),
                Arguments.of(
                        "-callback-receiver:live/invocations",
                        "-callback-reciever:live/invocations",
                        "CallbackIntegration calls past the alias"),
                Arguments.of(
                        "FunctionName: !Sub \\$\\{CallbackReceiver.Arn}:live",
                        "FunctionName: !Ref CallbackReceiver",
                        "CallbackPermission is not for the alias"));
    }

    @ParameterizedTest
    @MethodSource("worsened")
    void a_template_that_is_worse_in_one_place_is_refused_for_that(String good, String bad, String fault) {
        String worse = TEMPLATE.replaceFirst(good, bad);
        assertThat(worse).as("the place to worsen is in the template").isNotEqualTo(TEMPLATE);

        assertThat(faults(Template.parse(worse))).contains(fault);
    }

    private static List<String> faults(Template template) {
        Deployed deployed = Deployed.of(template, Map.of("Release", "0123456789"));
        var faults = new ArrayList<String>();
        for (Resource function : deployed.functions()) {
            JsonNode properties = deployed.resolver().properties(function);
            String id = function.logicalId();
            if (properties.path("AutoPublishAlias").asText().isEmpty()) {
                faults.add(id + " has no alias");
            }
            if (!properties.path("AutoPublishCodeSha256").asText().equals("0123456789")) {
                faults.add(id + " gets no version when only a setting changes");
            }
            if (!properties
                    .path("DeploymentPreference")
                    .path("Alarms")
                    .path(0)
                    .asText()
                    .equals(deployed.functionName(function) + "-errors")) {
                faults.add(id + " does not go back on its own errors");
            }
        }
        List<String> aliases = deployed.functions().stream()
                .map(function -> ":function:" + deployed.functionName(function) + ":live/invocations")
                .toList();
        for (Resource integration : template.resourcesOf("AWS::ApiGatewayV2::Integration")) {
            String uri = deployed.resolver()
                    .properties(integration)
                    .path("IntegrationUri")
                    .asText();
            // the name is written out there, so nothing but this sees that it is a function's
            if (aliases.stream().noneMatch(uri::endsWith)) {
                faults.add(integration.logicalId() + " calls past the alias");
            }
        }
        for (Resource permission : template.resourcesOf("AWS::Lambda::Permission")) {
            if (!permission.properties().path("FunctionName").toString().contains(".Arn}:live")) {
                faults.add(permission.logicalId() + " is not for the alias");
            }
        }
        return faults;
    }
}
