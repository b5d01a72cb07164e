package dev.fleetline.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.local.LocalFleetline;
import dev.fleetline.local.LocalSetup;
import dev.fleetline.testing.SampleFleet;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Measures what the real functions consume of DynamoDB, and holds the cost page to it. */
class CostIT {

    private static final int DEVICES = 10;

    /** Windows are full then: a device costs the most that a report can make it cost. */
    private static final int REPORTS_UNTIL_FULL = 33;

    private static final Duration BETWEEN_REPORTS = Duration.ofHours(4);

    private final LocalFleetline fleetline = LocalFleetline.startAgreed(
            LocalSetup.onFreePorts(ProjectTree.root()).standingAt(Instant.parse("2026-03-02T15:00:00Z")));
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, ConsumedUnits.Sum> measured = new LinkedHashMap<>();

    @BeforeEach
    void switch_the_measuring_on() {
        ConsumedUnits.measure(true);
    }

    @AfterEach
    void stop() {
        ConsumedUnits.measure(false);
        http.close();
        fleetline.close();
    }

    @Test
    void the_page_says_what_is_consumed() throws Exception {
        play();

        List<List<String>> rows =
                Pages.rows(Pages.section(ProjectTree.text(ProjectTree.path("infra/cost.md")), "Measured"));
        String seen = measured.entrySet().stream()
                .map(step -> String.format(
                        Locale.ROOT,
                        "| %s | %.1f | %.1f | %d |",
                        step.getKey(),
                        step.getValue().read(),
                        step.getValue().write(),
                        step.getValue().secretCalls()))
                .collect(Collectors.joining("\n"));
        assertThat(rows)
                .as("measured were:%n%s", seen)
                .extracting(row -> row.get(0))
                .containsExactlyElementsOf(measured.keySet());
        assertThat(rows).allSatisfy(row -> {
            ConsumedUnits.Sum sum = measured.getOrDefault(row.get(0), ConsumedUnits.Sum.NOTHING);
            assertThat(Double.parseDouble(row.get(1)))
                    .as("read units of %s; measured were:%n%s", row.get(0), seen)
                    .isCloseTo(sum.read(), within(0.5 + sum.read() / 10));
            assertThat(Double.parseDouble(row.get(2)))
                    .as("write units of %s; measured were:%n%s", row.get(0), seen)
                    .isCloseTo(sum.write(), within(0.5 + sum.write() / 10));
            assertThat(Integer.parseInt(row.get(3))).isEqualTo(sum.secretCalls());
        });
    }

    private void play() throws Exception {
        sweep("of-none");
        ConsumedUnits.Sum ofNone = took("a sweep of no device");
        order(0);
        var _ = took("one device onboarded");
        for (int device = 1; device < DEVICES; device++) {
            order(device);
        }
        forward(Duration.ofMinutes(3));
        ConsumedUnits.take();
        report(0, 90);
        var _ = took("its first report");
        for (int round = 0; round < REPORTS_UNTIL_FULL; round++) {
            for (int device = 0; device < DEVICES; device++) {
                report(device, 90 - round);
            }
            forward(BETWEEN_REPORTS);
        }
        ConsumedUnits.take();
        report(0, 57);
        var _ = took("a report of a device with full windows");
        forward(BETWEEN_REPORTS);
        ConsumedUnits.take();
        report(0, 8);
        var _ = took("a report that raises an alert");
        forward(BETWEEN_REPORTS);
        ConsumedUnits.take();
        report(0, 90);
        var _ = took("a report that clears it");
        report(0, 90);
        for (int device = 0; device < DEVICES; device++) {
            report(device, 57);
        }
        ConsumedUnits.take();
        sweep("of-ten");
        measured.put("what 10 devices add to a sweep", ConsumedUnits.take().minus(ofNone));
        invoke("outbox-relay", "{}");
        var _ = took("a tick of outbox-relay with nothing to do");
        invoke("onboarding-reconciler", "{\"task\":\"waiting\"}");
        var _ = took("a tick of onboarding-reconciler with nothing to do");
        invoke("onboarding-reconciler", "{\"task\":\"drift\"}");
        var _ = took("a night of onboarding-reconciler with 10 devices");
        // the first one says that there is a token
        invoke("token-refresh", "{\"task\":\"refresh\"}");
        ConsumedUnits.take();
        invoke("token-refresh", "{\"task\":\"refresh\"}");
        var _ = took("a tick of token-refresh with nothing to do");
    }

    private ConsumedUnits.Sum took(String step) {
        ConsumedUnits.Sum sum = ConsumedUnits.take();
        measured.put(step, sum);
        return sum;
    }

    private void sweep(String id) throws IOException {
        invoke("health-sweep", "{\"task\":\"sweep\",\"sweepId\":\"" + id + "\"}");
    }

    private void order(int number) {
        ObjectNode detail = EdgeJson.JSON
                .createObjectNode()
                .put("schemaVersion", 1)
                .put("onboardingId", "order-" + number)
                .put("imei", SampleFleet.imei(number).digits())
                .put("iccid", SampleFleet.iccid(number).digits())
                .put("reportingInterval", "PT4H");
        assertThat(fleetline.put("example.shop", "DeviceOnboardingRequested", detail))
                .isEmpty();
        fleetline.settle();
    }

    private void report(int number, int battery) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(fleetline.simulatorUri().resolve("/control/reports"))
                .POST(BodyPublishers.ofString(EdgeJson.JSON
                        .createObjectNode()
                        .put("imei", SampleFleet.imei(number).digits())
                        .put("battery", battery)
                        .put("rsrp", -90)
                        .toString()))
                .build();
        var answer = http.send(request, BodyHandlers.ofString());
        assertThat(answer.body()).contains("\"status\":200");
        fleetline.settle();
    }

    private void invoke(String module, String event) throws IOException {
        assertThat(fleetline.invoke(module, EdgeJson.JSON.readTree(event))).isPresent();
        fleetline.settle();
    }

    private void forward(Duration by) {
        var _ = fleetline.forward(by, false);
    }
}
