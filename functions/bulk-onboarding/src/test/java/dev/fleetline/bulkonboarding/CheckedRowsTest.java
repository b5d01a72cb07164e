package dev.fleetline.bulkonboarding;

import static dev.fleetline.bulkonboarding.Desk.row;
import static dev.fleetline.testing.SampleFleet.NOON;
import static dev.fleetline.testing.SampleFleet.iccid;
import static dev.fleetline.testing.SampleFleet.imei;
import static dev.fleetline.testing.SampleFleet.inService;
import static dev.fleetline.testing.SampleFleet.ordered;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.fleetline.bulkonboarding.Desk.Found;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Mender;
import dev.fleetline.fleetevents.FleetEvent.BulkCounts;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every fault of every row is told, with its line, in its own words, and with what to do; nothing is ordered by a check. */
class CheckedRowsTest {

    private final Desk desk = new Desk();

    @Test
    void a_good_file_says_how_much_would_be_ordered_and_orders_nothing() {
        BulkReply reply = desk.check("imei;iccid\n" + row(1, 1) + "\n" + row(2, 2) + "\n");

        assertThat(reply.outcome()).isEqualTo("complete");
        assertThat(reply.counts()).isEqualTo(new BulkCounts(2, 2, 0, 0, 0, 0, 0, 0));
        assertThat(desk.report()).isEmpty();
        assertThat(desk.orders()).isEmpty();
        assertThat(desk.files.names()).contains("results/june/report.json", "results/june/report.csv");
        assertThat(desk.told().path("mode").asText()).isEqualTo("check");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "imei;iccid;site\n%s;%s;north\n",
                "\uFEFFimei;iccid;site\n%s;%s;north\n",
                "SITE,Iccid,IMEI\nnorth,%2$s,%1$s\n",
                " imei , iccid \r\n%s,%s\r\n",
                "\"imei\";\"iccid\";\"name\"\n\"%s\";\"%s\";\"a;b, \"\"c\"\"\"\n",
                "\n\nimei;iccid\n\n%s;%s\n\n;;\n",
                "imei,iccid,name\n%s,%s,\n",
                "imei;iccid\n%s;%s;;;\n",
            })
    void headers_come_in_any_order_and_case_separators_and_quotes_as_people_have_them(String file) {
        BulkReply reply = desk.check(file.formatted(imei(1).digits(), iccid(1).digits()));

        assertThat(desk.report()).isEmpty();
        assertThat(reply.counts()).isEqualTo(new BulkCounts(1, 1, 0, 0, 0, 0, 0, 0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            99999900000001A  | 89148000009999900014 | imei  | digits only
            9999990000000    | 89148000009999900014 | imei  | not 13
            999999000000015  | 89148000009999900014 | imei  | check digit
            9.99999E+14      | 89148000009999900014 | imei  | a spreadsheet has made a rounded number of the IMEI
            ''               | 89148000009999900014 | imei  | the row has no IMEI
            999999000000014  | 8.91480E+19          | iccid | (8.91480E+19), and its digits are lost
            999999000000014  | 8,9148E+19           | iccid | a spreadsheet has made a rounded number of the ICCID
            999999000000014  | 89148000009999900000 | iccid | zeros for the last digits
            999999000000014  | 89148000009999900015 | iccid | check digit
            999999000000014  | 8914                 | iccid | 19 or 20 digits
            999999000000014  | ' '                  | iccid | the row has no ICCID
            """)
    void a_number_that_is_none_has_its_own_sentence(String imei, String iccid, String field, String rule) {
        BulkReply reply = desk.check("imei;iccid\n" + imei + ";" + iccid + "\n");

        assertThat(desk.report()).singleElement().satisfies(found -> {
            assertThat(found.line()).isEqualTo("2");
            assertThat(found.kind()).isEqualTo("fault");
            assertThat(found.field()).isEqualTo(field);
            assertThat(found.rule())
                    .contains(rule)
                    .doesNotContain("999999000000")
                    .doesNotContain("891480000099");
            assertThat(found.fix()).isNotBlank();
        });
        assertThat(reply.counts().faulty()).isOne();
        assertThat(reply.outcome()).isEqualTo("nothing");
    }

    @Test
    void all_faults_of_a_row_are_told_at_once() {
        desk.check("imei;iccid;carrier;reportingInterval;site\n123;8.91480E+19;pigeon;PT30S;" + "x".repeat(257) + "\n");

        assertThat(desk.report())
                .extracting(Found::field)
                .containsExactlyInAnyOrder("imei", "iccid", "carrier", "reportingInterval", "site");
    }

    @Test
    void an_imeisv_is_taken_and_noted() {
        BulkReply reply =
                desk.check("imei;iccid\n" + imei(1).digits().substring(0, 14) + "07;" + iccid(1).digits() + "\n");

        assertThat(reply.outcome()).isEqualTo("complete");
        assertThat(desk.report()).singleElement().satisfies(found -> {
            assertThat(found.kind()).isEqualTo("note");
            assertThat(found.rule()).contains("IMEISV");
        });
    }

    @Test
    void too_few_and_too_many_fields_are_told_with_both_numbers() {
        desk.check("imei;iccid;name;site\n" + row(1, 1) + ";a\n" + row(2, 2) + ";a;b;c\n");

        assertThat(desk.report())
                .extracting(Found::line, Found::rule)
                .containsExactly(
                        tuple("2", "the row has 3 fields, and the header 4"),
                        tuple("3", "the row has 5 fields, and the header 4"));
    }

    @Test
    void lines_are_counted_as_an_editor_counts_them() {
        desk.check("imei;iccid;name\n\n" + row(1, 1) + ";\"two\nlines\"\n1;2;a\n");

        assertThat(desk.report()).extracting(Found::line).containsExactly("3", "5", "5");
        assertThat(desk.report().getFirst().rule()).contains("line break");
    }

    @Test
    void a_column_of_somebody_s_own_is_passed_over_and_told() {
        BulkReply reply = desk.check("imei;iccid;colour\n" + row(1, 1) + ";blue\n");

        assertThat(reply.outcome()).isEqualTo("complete");
        assertThat(desk.report()).singleElement().satisfies(found -> {
            assertThat(found.kind()).isEqualTo("note");
            assertThat(found.rule()).contains("\"colour\"");
        });
    }

    @Test
    void the_same_pair_twice_is_one_order_and_one_fault() {
        BulkReply reply = desk.check("imei;iccid\n" + row(1, 1) + "\n" + row(2, 2) + "\n" + row(1, 1) + "\n");

        assertThat(reply.counts()).isEqualTo(new BulkCounts(3, 2, 0, 0, 0, 1, 0, 0));
        assertThat(desk.report()).singleElement().satisfies(found -> {
            assertThat(found.line()).isEqualTo("4");
            assertThat(found.rule()).contains("in line 2 already");
        });
    }

    @Test
    void an_imei_with_two_iccids_is_told_at_both_and_neither_is_ordered() {
        BulkReply reply = desk.check("imei;iccid\n" + row(1, 1) + "\n" + row(1, 2) + "\n");

        assertThat(reply.counts()).isEqualTo(new BulkCounts(2, 0, 0, 0, 0, 2, 0, 0));
        assertThat(desk.report()).extracting(Found::line).containsExactly("2", "3");
        assertThat(desk.report())
                .allSatisfy(found -> assertThat(found.rule()).contains("another ICCID for the same IMEI"));
    }

    @Test
    void an_iccid_with_two_imeis_is_told_at_both_and_neither_is_ordered() {
        BulkReply reply = desk.check("imei;iccid\n" + row(1, 1) + "\n" + row(2, 1) + "\n");

        assertThat(reply.counts()).isEqualTo(new BulkCounts(2, 0, 0, 0, 0, 2, 0, 0));
        assertThat(desk.report()).hasSize(2).allSatisfy(found -> assertThat(found.rule())
                .contains("another IMEI for the same ICCID"));
    }

    @Test
    void what_is_registered_decides_what_would_happen() {
        desk.has(inService(1));
        desk.has(ordered(2));
        desk.has(ordered(3).in(failed()));
        desk.has(inService(4).in(new Lifecycle.Suspended(Optional.empty(), NOON)));

        BulkReply reply = desk.check("imei;iccid\n" + row(1, 1) + "\n" + row(2, 2) + "\n" + row(3, 3) + "\n" + row(4, 4)
                + "\n" + row(5, 1) + "\n" + row(1, 6) + "\n" + row(7, 7) + "\n");

        // rows 2 and 7, and 2 and 6, say otherwise than each other too
        assertThat(desk.report())
                .extracting(Found::line, Found::kind)
                .contains(tuple("3", "note"), tuple("5", "fault"));
        assertThat(rules("3")).containsExactly("the device is ordered with this SIM already: nothing is sent");
        assertThat(rules("4")).isEmpty();
        assertThat(rules("5")).containsExactly("the device is SUSPENDED, and no order changes that");
        assertThat(rules("6")).anyMatch(rule -> rule.startsWith("the SIM belongs to another device, …"));
        assertThat(rules("7")).anyMatch(rule -> rule.startsWith("the device is IN_SERVICE with another SIM, …"));
        assertThat(reply.counts()).isEqualTo(new BulkCounts(7, 2, 0, 1, 0, 3, 1, 0));
    }

    /** As device-onboarding has it: an order of each of these begins anew, with the SIM that it names. */
    @ParameterizedTest
    @MethodSource("ended")
    void what_has_ended_or_drifted_is_ordered_again_with_its_own_sim_or_another(Lifecycle state) {
        desk.has(inService(1).in(state));
        desk.has(inService(2).in(state));

        BulkReply reply = desk.check("imei;iccid\n" + row(1, 1) + "\n" + row(2, 7) + "\n");

        assertThat(desk.report()).isEmpty();
        assertThat(reply.counts()).isEqualTo(new BulkCounts(2, 2, 0, 0, 0, 0, 0, 0));
    }

    static Stream<Lifecycle> ended() {
        return Stream.of(
                failed(),
                new Lifecycle.Rejected(List.of("zip"), NOON),
                new Lifecycle.Deactivated(NOON),
                new Lifecycle.Drifted("SIM", true, NOON),
                new Lifecycle.Retired(NOON));
    }

    @ParameterizedTest
    @MethodSource("withoutSim")
    void the_sim_of_a_device_that_came_to_nothing_is_free(Lifecycle state) {
        desk.has(inService(1).in(state));

        BulkReply reply = desk.check("imei;iccid\n" + row(2, 1) + "\n");

        assertThat(desk.report()).isEmpty();
        assertThat(reply.counts()).isEqualTo(new BulkCounts(1, 1, 0, 0, 0, 0, 0, 0));
    }

    static Stream<Lifecycle> withoutSim() {
        return Stream.of(failed(), new Lifecycle.Rejected(List.of("zip"), NOON), new Lifecycle.Retired(NOON));
    }

    @ParameterizedTest
    @MethodSource("withSim")
    void the_sim_of_any_other_device_is_not(Lifecycle state) {
        desk.has(inService(1).in(state));

        desk.check("imei;iccid\n" + row(2, 1) + "\n");

        assertThat(rules("2")).singleElement().asString().startsWith("the SIM belongs to another device, …");
    }

    static Stream<Lifecycle> withSim() {
        return Stream.of(
                new Lifecycle.InService(NOON),
                new Lifecycle.Deactivated(NOON),
                new Lifecycle.Drifted("SIM", true, NOON));
    }

    /** An old item of the identities may say so still. */
    @Test
    void the_sim_that_another_device_had_before_is_free() {
        desk.has(inService(1));
        desk.gets(inService(1), iccid(9));

        desk.check("imei;iccid\n" + row(2, 1) + "\n");

        assertThat(desk.report()).isEmpty();
    }

    @Test
    void a_device_in_service_with_its_sim_is_well() {
        desk.has(inService(1));

        BulkReply reply = desk.check("imei;iccid\n" + row(1, 1) + "\n");

        assertThat(reply.outcome()).isEqualTo("complete");
        assertThat(reply.counts()).isEqualTo(new BulkCounts(1, 0, 1, 0, 0, 0, 0, 0));
        assertThat(rules("2")).containsExactly("the device is in service with this SIM: nothing is sent");
    }

    @Test
    void a_file_that_is_replaced_while_it_is_read_is_left_to_its_own_upload() {
        desk.files.put("incoming/check/june.csv", ("imei;iccid\n" + row(1, 1) + "\n").getBytes(UTF_8));
        int[] opened = {0};
        desk.files.onOpen(() -> {
            if (++opened[0] == 2) {
                desk.files.put("incoming/check/june.csv", ("imei;iccid\n" + row(2, 2) + "\n").getBytes(UTF_8));
            }
        });

        assertThatThrownBy(() -> desk.again("incoming/check/june.csv"))
                .hasMessageContaining("replaced while it was read");
        assertThat(desk.files.names()).doesNotContain("results/june/report.json");
    }

    private static Lifecycle failed() {
        return new Lifecycle.Failed(new Lifecycle.Failure("CARRIER_REFUSED", "no such SIM", Mender.SENDER), NOON);
    }

    private List<String> rules(String line) {
        return desk.report().stream()
                .filter(found -> found.line().equals(line))
                .map(Found::rule)
                .toList();
    }
}
