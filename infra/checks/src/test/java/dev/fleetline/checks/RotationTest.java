package dev.fleetline.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.testing.template.Resolver;
import dev.fleetline.testing.template.Resource;
import dev.fleetline.testing.template.Template;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A secret is rotated when somebody switched it on, and by the function that knows how. */
class RotationTest {

    private static final String TEMPLATE = ProjectTree.text(ProjectTree.path("template.yaml"));

    @Test
    void what_is_rotated_is_rotated_well() {
        assertThat(Template.parse(TEMPLATE).resourcesOf(RotationFaults.SCHEDULE))
                .extracting(Resource::logicalId)
                .containsExactly("CallbackSecretSchedule");
        assertThat(RotationFaults.of(Template.parse(TEMPLATE))).isEmpty();
    }

    @Test
    void nothing_is_rotated_until_somebody_says_so() {
        Template template = Template.parse(TEMPLATE);
        Resource schedule = template.resource("CallbackSecretSchedule");

        assertThat(Deployed.of(template, Map.of()).resolver().exists(schedule)).isFalse();
        Resolver switchedOn =
                Deployed.of(template, Map.of("RotateCallbackSecret", "true")).resolver();
        assertThat(switchedOn.exists(schedule)).isTrue();
    }

    static Stream<Arguments> worsened() {
        return Stream.of(
                Arguments.of(
                        "    Condition: RotatesCallbackSecret\n", "", "CallbackSecretSchedule must have: a condition"),
                Arguments.of(
                        "RotateImmediatelyOnUpdate: false",
                        "RotateImmediatelyOnUpdate: true",
                        "CallbackSecretSchedule must have: RotateImmediatelyOnUpdate false"),
                Arguments.of(
                        "      RotateImmediatelyOnUpdate: false\n",
                        "",
                        "CallbackSecretSchedule must have: RotateImmediatelyOnUpdate false"),
                Arguments.of(
                        "AutomaticallyAfterDays: 30",
                        "AutomaticallyAfterDays: 1000",
                        "CallbackSecretSchedule must have: AutomaticallyAfterDays of 1 to 365"),
                Arguments.of(
                        "RotationLambdaARN: !Sub \\$\\{CallbackSecretRotation.Arn}:live",
                        "RotationLambdaARN: !GetAtt CallbackSecretRotation.Arn",
                        "CallbackSecretSchedule must have: the alias of its function"),
                Arguments.of(
                        "RotationLambdaARN: !Sub \\$\\{CallbackSecretRotation.Arn}:live",
                        "RotationLambdaARN: !Sub \\${TokenRefresh.Arn}:live",
                        "CallbackSecretSchedule must have: to wait for the permission to call its function"),
                Arguments.of(
                        "      SecretId: !Ref CallbackSecret\n",
                        "      SecretId: !Ref CoreTokenSecret\n",
                        "CallbackSecretSchedule must have: a secret that is no token"),
                Arguments.of(
                        "    DependsOn: CallbackSecretRotationPermission\n",
                        "",
                        "CallbackSecretSchedule must have: to wait for the permission to call its function"),
                Arguments.of(
                        "      SourceAccount: !Ref AWS::AccountId\n",
                        "",
                        "CallbackSecretRotationPermission must have: SourceAccount: the service calls for every"
                                + " account"));
    }

    @ParameterizedTest
    @MethodSource("worsened")
    void a_template_that_is_worse_in_one_place_is_refused_for_that(String good, String bad, String fault) {
        String worse = TEMPLATE.replaceFirst(good, bad);
        assertThat(worse).as("the place to worsen is in the template").isNotEqualTo(TEMPLATE);

        assertThat(RotationFaults.of(Template.parse(worse))).contains(fault);
    }
}
