package dev.fleetline.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.local.EventIds;
import dev.fleetline.local.bench.CallbackLoad.Fall;
import dev.fleetline.local.bench.CallbackLoad.Order;
import dev.fleetline.local.bench.CallbackLoad.Percent;
import dev.fleetline.local.bench.CallbackLoad.Seen;
import dev.fleetline.local.bench.CallbackLoad.Sent;
import dev.fleetline.local.bench.CallbackLoad.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A device that came into service by one report, then sent another and one that says that its battery fell, and one that broke
 * off.
 */
class OutcomeTest {

    private static final String IMEI = "999999000000014";
    private static final String FIRST = "2026-03-02T15:00:00Z";
    private static final String SECOND = "2026-03-02T15:00:01Z";
    private static final String THIRD = "2026-03-02T15:00:02Z";
    private static final String TOLD = "{\"imei\":\"" + IMEI + "\",\"eventId\":\"a\",\"atMillis\":1700}";

    private String kept = ids("one", "two", "three");
    private int reports = 3;
    private int deliveries = 4;
    private String setAside = "{\"NOT_JSON\":1}";
    private String applied = "\"" + FIRST + "\",\"" + SECOND + "\",\"" + THIRD + "\"";
    private String lastSeen = THIRD;
    private String raised = TOLD;
    private String deaths = "\"GetItem devices, not done\"";

    @Test
    void what_is_all_there_is_good() {
        Outcome outcome = outcome();

        assertThat(outcome.isGood()).isTrue();
        assertThat(outcome.sent()).isEqualTo(4);
        assertThat(outcome.first()).isEqualTo(1);
        assertThat(outcome.applied()).isEqualTo(3);
        assertThat(outcome.alertMillis()).containsExactly(700L);
    }

    @Test
    void a_report_that_is_not_kept_is_lost() {
        reports = 2;
        deliveries = 3;
        kept = ids("one", "three");

        assertThat(outcome().lost()).isEqualTo(1);
        assertThat(outcome().isGood()).isFalse();
    }

    @Test
    void another_in_the_place_of_one_is_one_lost_and_one_of_unknown_origin() {
        kept = ids("one", "two", "somebody else's");

        assertThat(outcome().lost()).isEqualTo(1);
        assertThat(outcome().doubled()).isEqualTo(1);
    }

    @Test
    void the_report_that_brought_a_device_into_service_is_as_much_to_be_kept_and_applied_as_any() {
        reports = 2;
        deliveries = 3;
        kept = ids("two", "three");
        applied = "\"" + SECOND + "\",\"" + THIRD + "\"";

        assertThat(outcome().lost()).isEqualTo(1);
        assertThat(outcome().notApplied()).isEqualTo(1);
    }

    @Test
    void what_went_before_is_told_and_no_unit_of_it_is_counted() {
        assertThat(OutcomeTable.of(outcome()))
                .anySatisfy(line -> assertThat(line).startsWith("into service").contains("1 devices", "1 a second"))
                .anySatisfy(line -> assertThat(line).contains("4.0", "2.00", "callback-receiver PutItem callbacks"))
                .anySatisfy(line -> assertThat(line).contains("4.0", "1.33", "for each report"));
    }

    @Test
    void a_report_that_is_kept_twice_is_doubled() {
        reports = 4;
        deliveries = 5;

        assertThat(outcome().doubled()).isEqualTo(1);
        assertThat(outcome().isGood()).isFalse();
    }

    @Test
    void a_broken_report_that_is_not_kept_is_lost() {
        deliveries = 3;
        setAside = "{}";

        assertThat(outcome().lost()).isEqualTo(1);
    }

    @Test
    void a_report_that_is_in_no_window_is_not_applied() {
        applied = "\"" + FIRST + "\",\"" + THIRD + "\"";

        assertThat(outcome().applied()).isEqualTo(2);
        assertThat(outcome().notApplied()).isEqualTo(1);
        assertThat(outcome().isGood()).isFalse();
    }

    @Test
    void a_device_that_was_last_seen_at_another_time_is_not_up_to_date() {
        lastSeen = SECOND;

        assertThat(outcome().isGood()).isFalse();
    }

    @Test
    void a_readable_report_that_was_set_aside_is_wrong() {
        setAside = "{\"NOT_JSON\":1,\"UNKNOWN_DEVICE\":1}";

        assertThat(outcome().isGood()).isFalse();
    }

    @Test
    void a_battery_of_which_nobody_was_told_is_missing() {
        raised = "";

        assertThat(outcome().alertsMissing()).isEqualTo(1);
        assertThat(outcome().isGood()).isFalse();
    }

    @Test
    void an_alert_that_was_raised_twice_is_doubled_and_one_that_was_told_again_is_not() {
        raised = TOLD + "," + TOLD;
        assertThat(outcome().toldAgain()).isEqualTo(1);
        assertThat(outcome().isGood()).isTrue();

        raised = TOLD + "," + TOLD.replace("\"a\"", "\"b\"");
        assertThat(outcome().doubled()).isEqualTo(1);
    }

    @Test
    void a_run_in_which_nobody_died_proves_nothing() {
        deaths = "";

        assertThat(outcome().isGood()).isFalse();
    }

    private Outcome outcome() {
        var order = new Order(
                new Size(2, 1, 1, 1), new Percent(0, 0, 50), Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 1);
        return Outcome.of(
                new Seen(
                        new Sent(json("{'sent':{'whole':1}}"), devices("one", FIRST)),
                        new Sent(
                                json("{'startedAt':'" + SECOND + "','sent':{'whole':1,'malformed':1}}"),
                                devices("two", SECOND)),
                        json("[]"),
                        json("{'units':[{'step':'callback-receiver PutItem callbacks','calls':1,'units':1}]}"),
                        json("{'raised':[" + raised + "],'deaths':[" + deaths + "],"
                                + "'units':[{'step':'callback-receiver PutItem callbacks','calls':3,'units':5}]}"),
                        json("{'deliveries':" + deliveries + ",'underTwoKeys':0,'movesTwice':0,'setAside':" + setAside
                                + ",'devices':[{'imei':'" + IMEI + "','kept':" + reports + ",'ids':'" + kept
                                + "','lastSeen':'" + lastSeen + "','applied':[" + applied + "]}]}"),
                        List.of(new Fall(IMEI, "three", Instant.parse(THIRD), 1_000, true)),
                        Optional.empty()),
                order);
    }

    private static JsonNode devices(String report, String at) {
        return json("[{'imei':'" + IMEI + "','sent':1,'ids':'" + ids(report) + "','newest':['" + at + "']}]");
    }

    private static String ids(String... ids) {
        return Long.toHexString(
                List.of(ids).stream().mapToLong(EventIds::number).sum());
    }

    private static JsonNode json(String text) {
        try {
            return EdgeJson.JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
