package dev.fleetline.thingspacesimulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SimulatorMainIT {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void it_prints_one_line_with_where_it_listens_and_stays_up_until_told_to_stop() throws Exception {
        CountDownLatch stop = new CountDownLatch(1);
        CompletableFuture<Integer> running =
                CompletableFuture.supplyAsync(() -> run(stop, "--port", "0", "--clock", "2026-03-02T15:00:00Z"));
        Instant deadline = Instant.now().plusSeconds(20);
        while (!out.toString().contains("\n") && Instant.now().isBefore(deadline)) {
            Thread.onSpinWait();
        }

        assertThat(out.toString()).matches("ThingSpace simulator listens on http://127\\.0\\.0\\.1:\\d+\\R");
        assertThat(running).isNotDone();
        stop.countDown();
        assertThat(running.get(20, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void a_typing_mistake_says_what_was_meant() {
        assertThat(run(new CountDownLatch(0), "--prot", "8701")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("--prot", "--port");
    }

    @Test
    void a_value_that_is_no_port_or_no_time_is_named() {
        assertThat(run(new CountDownLatch(0), "--port", "70000")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("--port", "65535");
        assertThat(run(new CountDownLatch(0), "--port", "0", "--clock", "today"))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("--clock", "today");
    }

    @Test
    void a_port_that_is_taken_is_named() {
        try (ThingSpaceSimulator other = ThingSpaceSimulator.start(SimulatorConfig.onFreePort())) {
            String taken = Integer.toString(other.port());

            assertThat(run(new CountDownLatch(0), "--port", taken)).isEqualTo(CommandLine.ExitCode.SOFTWARE);
            assertThat(err.toString()).contains("127.0.0.1:" + taken, "in use");
        }
    }

    private int run(CountDownLatch stop, String... args) {
        return SimulatorMain.commandLine(stop)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
