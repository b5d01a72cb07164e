package dev.fleetline.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-02T15:00:00.250Z"));

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void a_metric_is_one_line_that_cloudwatch_reads() throws Exception {
        metricsOf(Optional.of("fleetline-dev-outbox-relay")).seconds("OutboxAgeSeconds", Duration.ofMillis(61_500));

        String line = printed.toString(UTF_8);
        assertThat(line).endsWith("}\n").doesNotContain("}\n{");
        assertThat(EdgeJson.JSON.readTree(line)).isEqualTo(EdgeJson.JSON.readTree("""
                {"_aws":{"Timestamp":1772463600250,"CloudWatchMetrics":[{"Namespace":"Fleetline",
                  "Dimensions":[["FunctionName"]],"Metrics":[{"Name":"OutboxAgeSeconds","Unit":"Seconds"}]}]},
                 "FunctionName":"fleetline-dev-outbox-relay","OutboxAgeSeconds":61.5}
                """));
    }

    @Test
    void outside_lambda_nothing_is_printed() {
        metricsOf(Optional.empty()).seconds("OutboxAgeSeconds", Duration.ZERO);

        assertThat(printed.size()).isZero();
    }

    private Metrics metricsOf(Optional<String> functionName) {
        return new Metrics(functionName, CLOCK, new PrintStream(printed));
    }
}
