package dev.fleetline.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.testing.template.Template;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An index costs something with each write, so somebody reads it, or its reason stands beside it. */
class IndexesTest {

    private static final String TEMPLATE = ProjectTree.text(ProjectTree.path("template.yaml"));

    @Test
    void every_index_is_read_by_a_function_or_says_why_it_is_there() {
        assertThat(IndexFaults.of(Template.parse(TEMPLATE))).isEmpty();
    }

    private static final String ALERTS = "  Alerts:\n    Type: AWS::DynamoDB::Table\n";

    private static final String REASON = "    Metadata:\n      IndexesThatNoFunctionReads:\n        ";

    static Stream<Arguments> worsened() {
        return Stream.of(
                Arguments.of(
                        "                - !Sub \\$\\{Alerts.Arn}/index/due\n",
                        "",
                        "Alerts/index/due is read by no function"),
                Arguments.of(ALERTS, ALERTS + REASON + "due: why\n", "Alerts/index/due is read by a function, and"),
                Arguments.of(
                        ALERTS, ALERTS + REASON + "other: why\n", "Alerts/index/other has its reason and is not there"),
                Arguments.of(
                        "        - IndexName: due\n",
                        "        - IndexName: soon\n",
                        "Devices/index/soon is read by no function"),
                Arguments.of(
                        "        - IndexName: open\n",
                        "        - IndexName: opened\n",
                        "Alerts/index/opened is read by no function"),
                Arguments.of("/index/setAside", "/index/other", "Callbacks/index/setAside is read by no function"));
    }

    @ParameterizedTest
    @MethodSource("worsened")
    void a_template_that_is_worse_in_one_place_is_refused_for_that(String good, String bad, String fault) {
        String worse = TEMPLATE.replaceFirst(good, bad);
        assertThat(worse).as("the place to worsen is in the template").isNotEqualTo(TEMPLATE);

        assertThat(IndexFaults.of(Template.parse(worse)))
                .anySatisfy(found -> assertThat(found).startsWith(fault));
    }
}
