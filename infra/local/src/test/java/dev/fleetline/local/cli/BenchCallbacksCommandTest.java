package dev.fleetline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class BenchCallbacksCommandTest {

    @ParameterizedTest
    @CsvSource({
        "--reports, 19, from 20",
        "--devices, 10000, to 9999",
        "--rate, 0, from 1",
        "--into-service, 2001, to 2000",
        "--malformed, 31, to 30",
        "--kills, -1, from 0",
        "--devices, 100, at least --rate"
    })
    void what_it_cannot_do_it_says_before_anything_starts(String option, String value, String said) {
        var err = new StringWriter();
        CommandLine fleetline = FleetlineCommand.commandLine().setErr(new PrintWriter(err, true));

        int code = fleetline.execute("bench-callbacks", option, value);

        assertThat(code).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains(option).contains(said);
    }
}
