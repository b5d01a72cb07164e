package dev.fleetline.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.testing.template.Resource;
import dev.fleetline.testing.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What operators look at first shows what is deployed: all of it, and nothing that is not. */
class DashboardTest {

    private static final String FILE = ProjectTree.text(ProjectTree.path("infra/dashboards/fleet.json"));
    private static final Template TEMPLATE = Template.read();

    @Test
    void the_template_deploys_the_file_word_for_word() {
        assertThat(TEMPLATE.resource("FleetDashboard")
                        .properties()
                        .path("DashboardBody")
                        .path("Fn::Sub")
                        .asText())
                .isEqualTo(FILE);
    }

    @Test
    void every_widget_shows_what_is_deployed_and_every_function_and_failure_queue_is_shown() {
        assertThat(faults(Deployed.of(TEMPLATE, Map.of()))).isEmpty();
    }

    @Test
    void what_is_renamed_or_new_is_missed_on_the_dashboard() {
        String text = ProjectTree.text(ProjectTree.path("template.yaml"));
        String changed = text.replace(
                "QueueName: !Sub fleetline-${Stage}-callback-dead-letters",
                "QueueName: !Sub fleetline-${Stage}-callback-trouble");
        assertThat(changed).isNotEqualTo(text);

        assertThat(faults(Deployed.of(Template.parse(changed), Map.of())))
                .containsExactlyInAnyOrder(
                        "shown but not deployed: fleetline-dev-callback-dead-letters",
                        "not shown: AWS/SQS ApproximateNumberOfMessagesVisible fleetline-dev-callback-trouble");
    }

    private static List<String> faults(Deployed deployed) {
        JsonNode properties = deployed.resolver().properties(deployed.template().resource("FleetDashboard"));
        JsonNode body = ProjectTree.parse(properties.path("DashboardBody").asText(), "fleet.json");
        List<List<String>> metrics = body.path("widgets")
                .valueStream()
                .flatMap(widget -> widget.path("properties").path("metrics").valueStream())
                .map(metric -> metric.valueStream().map(JsonNode::asText).toList())
                .toList();

        Map<String, Set<String>> deployedNames = Map.of(
                "FunctionName", deployed.names("AWS::Serverless::Function", "FunctionName"),
                "QueueName", deployed.names("AWS::SQS::Queue", "QueueName"),
                "TopicName", deployed.names("AWS::SNS::Topic", "TopicName"),
                "ApiId",
                        deployed.resourcesOf("AWS::ApiGatewayV2::Api").stream()
                                .map(api -> deployed.resolver().ref(api.logicalId()))
                                .collect(Collectors.toSet()));
        var faults = new ArrayList<String>();
        metrics.stream()
                // what has no dimension is the whole account's
                .filter(metric -> metric.size() > 2)
                .filter(metric ->
                        !deployedNames.getOrDefault(metric.get(2), Set.of()).contains(metric.get(3)))
                .forEach(metric -> faults.add("shown but not deployed: " + metric.get(3)));

        Set<String> shown = metrics.stream()
                .filter(metric -> metric.size() > 2)
                .map(metric -> metric.get(0) + " " + metric.get(1) + " " + metric.get(3))
                .collect(Collectors.toSet());
        wanted(deployed).stream()
                .filter(metric -> !shown.contains(metric))
                .forEach(metric -> faults.add("not shown: " + metric));
        return faults;
    }

    private static List<String> wanted(Deployed deployed) {
        var wanted = new ArrayList<String>();
        for (Resource function : deployed.functions()) {
            for (String metric : List.of("Errors", "Throttles", "Duration", "Invocations")) {
                wanted.add("AWS/Lambda " + metric + " " + deployed.functionName(function));
            }
        }
        deployed.failureQueues()
                .forEach(
                        queue -> wanted.add("AWS/SQS ApproximateNumberOfMessagesVisible " + deployed.queueName(queue)));
        return wanted;
    }
}
