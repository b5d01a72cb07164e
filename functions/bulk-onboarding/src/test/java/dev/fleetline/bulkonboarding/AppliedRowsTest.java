package dev.fleetline.bulkonboarding;

import static dev.fleetline.bulkonboarding.Desk.ACCOUNT;
import static dev.fleetline.bulkonboarding.Desk.row;
import static dev.fleetline.testing.SampleFleet.NOON;
import static dev.fleetline.testing.SampleFleet.iccid;
import static dev.fleetline.testing.SampleFleet.imei;
import static dev.fleetline.testing.SampleFleet.inService;
import static dev.fleetline.testing.SampleFleet.ordered;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.device.Device;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Mender;
import dev.fleetline.fleetevents.Digest;
import dev.fleetline.fleetevents.FleetEvent.BulkCounts;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each good row is one order, whatever happens and however often; the others come back to be corrected. */
class AppliedRowsTest {

    private final Desk desk = new Desk();

    @Test
    void a_good_row_is_ordered_with_all_that_it_says() {
        desk.apply("imei;iccid;account;carrier;name;group;site;model;servicePlan;zip;reportingInterval\n" + row(1, 1)
                + ";0999000001-00002;core;Pump 1;east;north;tracker;plan;02110;PT4H\n");

        assertThat(desk.orders()).singleElement().hasToString("""
                {"schemaVersion":1,"onboardingId":"%s","imei":"%s","iccid":"%s","account":"0999000001-00002",\
                "carrier":"core","name":"Pump 1","group":"east","site":"north","model":"tracker",\
                "servicePlan":"plan","zip":"02110","reportingInterval":"PT4H"}\
                """.formatted(
                        Digest.of("0999000001-00002", imei(1).digits(), iccid(1).digits()),
                        imei(1).digits(),
                        iccid(1).digits()));
        assertThat(desk.bus.published("DeviceOnboardingRequested").getFirst().source())
                .isEqualTo("fleetline.bulk-onboarding");
    }

    @Test
    void the_same_file_twice_orders_under_the_same_ids() {
        String file = "imei;iccid\n" + row(1, 1) + "\n" + row(2, 2) + "\n";
        desk.apply(file);
        Set<String> first = new HashSet<>(ids());
        desk.bus.clear();

        desk.apply(file);

        assertThat(ids()).containsExactlyInAnyOrderElementsOf(first);
    }

    @Test
    void what_is_in_service_or_on_its_way_is_not_ordered_again() {
        desk.has(inService(1));
        desk.has(ordered(2));

        BulkReply reply = desk.apply("imei;iccid\n" + row(1, 1) + "\n" + row(2, 2) + "\n" + row(3, 3) + "\n");

        assertThat(reply.outcome()).isEqualTo("complete");
        assertThat(reply.counts()).isEqualTo(new BulkCounts(3, 1, 1, 1, 0, 0, 0, 0));
        assertThat(ids()).containsExactly(Digest.of(ACCOUNT, imei(3).digits(), iccid(3).digits()));
    }

    /** Under its own id an order that has failed would only be told again how. */
    @Test
    void after_a_failed_order_there_is_one_new_one_however_often_the_file_is_read() {
        Device failed = ordered(1)
                .in(new Lifecycle.Failed(new Lifecycle.Failure("CARRIER_REFUSED", "no such SIM", Mender.SENDER), NOON));
        desk.has(failed);
        String file = "imei;iccid\n" + row(1, 1) + "\n";

        desk.apply(file);
        desk.apply(file);

        assertThat(ids()).hasSize(2);
        assertThat(new HashSet<>(ids()))
                .hasSize(1)
                .doesNotContain(failed.order().onboardingId())
                .doesNotContain(Digest.of(ACCOUNT, imei(1).digits(), iccid(1).digits()));
    }

    @Test
    void a_device_that_has_drifted_is_ordered_once_more_under_an_id_of_its_own() {
        Device drifted = inService(1).in(new Lifecycle.Drifted("SIM", true, NOON));
        desk.has(drifted);

        desk.apply("imei;iccid\n" + row(1, 2) + "\n");

        assertThat(ids())
                .singleElement()
                .isNotEqualTo(drifted.order().onboardingId())
                .isNotEqualTo(Digest.of(ACCOUNT, imei(1).digits(), iccid(2).digits()));
    }

    @Test
    void more_rows_than_one_look_and_one_call_take_are_all_ordered_once() {
        StringBuilder file = new StringBuilder("imei;iccid\n");
        IntStream.rangeClosed(1, 2_250)
                .forEach(number -> file.append(row(number, number)).append('\n'));

        BulkReply reply = desk.apply(file.toString());

        assertThat(reply.counts().ordered()).isEqualTo(2_250);
        assertThat(new HashSet<>(ids())).hasSize(2_250);
        assertThat(desk.files.text("results/june/progress.json")).contains("{\"rows\":2000,\"of\":2250}");
    }

    @Test
    void what_failed_can_be_corrected_and_sent_again_as_it_is() {
        BulkReply reply = desk.apply("\uFEFFName;imei;iccid\n\"a;b\";" + row(1, 1) + "\n\"c\"\"d\";99999900000001A;"
                + iccid(2).digits() + "\n");

        assertThat(reply.outcome()).isEqualTo("partly");
        assertThat(desk.failed())
                .startsWith("\uFEFFName;imei;iccid;faults")
                .contains("99999900000001A;" + iccid(2).digits() + ";imei: an IMEI has digits only")
                .doesNotContain(imei(1).digits());
        desk.bus.clear();

        BulkReply again = desk.apply(desk.failed().replace("99999900000001A", imei(2).digits()));

        assertThat(again.outcome()).isEqualTo("complete");
        assertThat(desk.orders()).singleElement().satisfies(order -> {
            assertThat(order.path("imei").asText()).isEqualTo(imei(2).digits());
            assertThat(order.path("name").asText()).isEqualTo("c\"d");
            assertThat(order.has("faults")).isFalse();
        });
    }

    @Test
    void what_fails_twice_has_its_faults_once() {
        desk.apply("imei;iccid\n1;2\n");
        String first = desk.failed();

        desk.apply(first);

        assertThat(desk.failed()).isEqualTo(first);
    }

    @Test
    void a_row_that_the_bus_does_not_take_comes_back_as_unsent() {
        String refused = Digest.of(ACCOUNT, imei(2).digits(), iccid(2).digits());
        desk.bus.refuse(event -> event.eventId().equals(refused));

        BulkReply reply = desk.apply("imei;iccid\n" + row(1, 1) + "\n" + row(2, 2) + "\n" + row(3, 3) + "\n");

        assertThat(reply.counts()).isEqualTo(new BulkCounts(3, 2, 0, 0, 0, 0, 0, 1));
        assertThat(desk.failed()).contains(imei(2).digits()).contains("the bus did not take its order");
        assertThat(desk.report()).singleElement().satisfies(found -> assertThat(found.line())
                .isEqualTo("3"));
    }

    @Test
    void none_of_forty_is_a_failure_and_loud() {
        StringBuilder file = new StringBuilder("imei;iccid\n");
        IntStream.range(0, 40).forEach(_ -> file.append("1;2\n"));

        BulkReply reply = desk.apply(file.toString());

        assertThat(reply.outcome()).isEqualTo("nothing");
        assertThat(reply.isLoud()).isTrue();
        assertThat(desk.told().path("outcome").asText()).isEqualTo("nothing");
        assertThat(desk.told().at("/counts/rows").asInt()).isEqualTo(40);
        assertThat(desk.told().at("/counts/ordered").asInt()).isZero();
    }

    @Test
    void a_check_of_which_nothing_is_good_is_for_whoever_made_it() {
        assertThat(desk.check("imei;iccid\n1;2\n").isLoud()).isFalse();
    }

    @Test
    void the_same_file_is_told_under_the_same_id() {
        String file = "imei;iccid\n" + row(1, 1) + "\n";
        desk.apply(file);
        JsonNode first = desk.told();

        desk.again("incoming/apply/june.csv");

        assertThat(desk.told()).isEqualTo(first);
    }

    private List<String> ids() {
        return desk.orders().stream()
                .map(order -> order.path("onboardingId").asText())
                .toList();
    }
}
