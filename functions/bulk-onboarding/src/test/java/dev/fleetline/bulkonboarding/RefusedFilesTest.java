package dev.fleetline.bulkonboarding;

import static dev.fleetline.bulkonboarding.Desk.row;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.bulkonboarding.Desk.Found;
import dev.fleetline.testing.Invocation;
import dev.fleetline.testing.RecordedLog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that cannot be used as a whole: each is told why in its own words, and nothing of it is ordered. */
class RefusedFilesTest {

    private static final String GOOD = "imei;iccid\n" + row(1, 1) + "\n";

    private final Desk desk = new Desk();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                            | the file is empty
            '\n \n'                       | the file is empty
            'imei;iccid\n'                | a header and no row
            'imei\ticcid\n1\t2\n'         | separated by tabs
            'iccid;name\n1;a\n'           | no column imei
            'imei;name\n1;a\n'            | no column iccid
            'imei;iccid;IMEI\n1;2;3\n'    | the column imei twice
            'imei;icid\n1;2\n'            | the nearest one is iccid
            'imei;iccid;servicplan\n1;2;3\n' | the nearest one is servicePlan
            """)
    void text_without_what_it_needs_is_refused(String content, String rule) {
        BulkReply reply = desk.apply(content);

        assertRefused(reply, rule);
    }

    @Test
    void every_fault_of_a_header_is_told_at_once() {
        desk.check("imie;icid;name;name\n1;2;3;4\n");

        assertThat(desk.report())
                .allSatisfy(found -> assertThat(found.line()).isEqualTo("1"))
                .extracting(Found::field)
                .containsExactly("name", "header", "header", "imei", "iccid");
    }

    @Test
    void a_file_of_a_gigabyte_is_refused_before_it_is_read() {
        desk.files.put("incoming/apply/june.csv", GOOD.getBytes(UTF_8));
        desk.files.claim("incoming/apply/june.csv", 1L << 30);

        BulkReply reply = desk.again("incoming/apply/june.csv");

        assertRefused(reply, "the file has 1024 MB, and may have 50");
        assertThat(desk.files.opened()).isOne();
    }

    @Test
    void a_binary_file_is_refused() {
        assertRefused(desk.check(new byte[] {'i', 'm', 0, 1, 2, 3}), "binary");
    }

    @Test
    void a_workbook_is_refused_with_the_way_to_make_csv_of_it() {
        BulkReply reply = desk.check(new byte[] {'P', 'K', 3, 4, 20, 0, 6, 0});

        assertRefused(reply, "workbook");
        assertThat(desk.report().getFirst().fix()).contains("CSV UTF-8");
    }

    @Test
    void another_encoding_is_refused_with_about_the_line() {
        String umlaut = "imei;iccid;name\n" + row(1, 1) + ";a\n" + row(2, 2) + ";Süd\n";

        assertRefused(desk.check(umlaut.getBytes(ISO_8859_1)), "not UTF-8");
        assertRefused(desk.check(("\uFEFF" + umlaut).getBytes(UTF_16LE)), "UTF-16");
    }

    @Test
    void another_encoding_far_down_is_refused_before_anything_is_ordered() {
        String many = "imei;iccid;name\n"
                + String.join(
                        "\n",
                        IntStream.rangeClosed(1, 2_000)
                                .mapToObj(number -> row(number, number) + ";depot")
                                .toList());

        BulkReply reply = desk.take("incoming/apply/june.csv", (many + "\n1;2;Süd\n").getBytes(ISO_8859_1));

        assertRefused(reply, "not UTF-8");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '"depot'         | a quote at the end of the first row
            '"a "b" c"'      | a quote in a quoted text
            """)
    void a_quote_that_is_not_closed_is_told_with_its_line_and_nothing_is_ordered(String name, String why) {
        BulkReply reply = desk.apply("imei;iccid;name\n" + row(1, 1) + ";" + name + "\n" + row(2, 2) + ";b\n");

        assertRefused(reply, "is not closed");
        assertThat(desk.report().getFirst().line()).as(why).isEqualTo("2");
    }

    @Test
    void a_quote_in_the_middle_of_a_text_is_none() {
        assertThat(desk.check("imei;iccid;name\n" + row(1, 1) + ";5\" pipe\n").outcome())
                .isEqualTo("complete");
    }

    @Test
    void more_rows_than_a_file_may_have_are_refused_before_the_first_is_ordered() {
        StringBuilder many = new StringBuilder("imei;iccid\n");
        for (int number = 0; number <= TakeFile.MOST_ROWS; number++) {
            many.append("1;2\n");
        }

        assertRefused(desk.apply(many.toString()), "more than 100000 rows");
    }

    @Test
    void a_header_that_was_left_out_does_not_show_the_first_device() {
        BulkReply reply = desk.check(row(1, 1) + "\n" + row(2, 2) + "\n");

        assertRefused(reply, "no column imei");
        assertThat(reply.reason().orElseThrow()).doesNotContain("999999000");
        assertThat(desk.report().toString()).doesNotContain("999999000").doesNotContain("8914800000");
    }

    @Test
    void a_header_that_was_left_out_does_not_show_whose_device_is_the_first() {
        BulkReply reply = desk.check("Ann Example;" + row(1, 1) + "\nBob Example;" + row(2, 2) + "\n");

        assertRefused(reply, "it has … (column 1), … (column 2), … (column 3)");
        assertThat(desk.report().toString()).doesNotContain("Example");
        assertThat(desk.told().toString()).doesNotContain("Example").doesNotContain("0014");
    }

    @Test
    void of_columns_only_what_looks_like_a_name_is_quoted() {
        BulkReply reply = desk.check("imei;call +1 555 0100;ann@example.test;Depot\n1;2;3;4\n");

        assertRefused(reply, "it has \"imei\", … (column 2), … (column 3), \"Depot\"");
        assertThat(desk.report().toString()).doesNotContain("555").doesNotContain("ann@");
    }

    @Test
    void the_log_has_a_code_and_nothing_of_the_file() throws IOException {
        String file = "imei;Depot\n1;2\n";
        desk.files.put("incoming/apply/june.csv", file.getBytes(UTF_8));
        try (RecordedLog log = new RecordedLog()) {
            new BulkOnboardingHandler(desk.takeFile)
                    .handleRequest(
                            new ByteArrayInputStream("""
                                    {"task":"uploaded","event":{"object":{"key":"incoming/apply/june.csv","etag":"x"}}}\
                                    """.getBytes(UTF_8)),
                            new ByteArrayOutputStream(),
                            Invocation.withLeft(60_000));

            assertThat(log.lines().toString())
                    .contains("refused")
                    .contains("HEADER")
                    .doesNotContain("Depot");
        }
    }

    private void assertRefused(BulkReply reply, String rule) {
        assertThat(reply.outcome()).isEqualTo("refused");
        assertThat(desk.report())
                .isNotEmpty()
                .allSatisfy(found -> assertThat(found.fix()).isNotBlank())
                .anySatisfy(found -> assertThat(found.rule()).contains(rule));
        assertThat(reply.results().failed()).isEmpty();
        assertThat(desk.orders()).isEmpty();
        assertThat(desk.told().path("outcome").asText()).isEqualTo("refused");
        assertThat(desk.told().path("reason").asText()).isEqualTo(reply.reason().orElseThrow());
    }
}
