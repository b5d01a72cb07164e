package dev.fleetline.thingspacesimulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fleetline.thingspacesimulator.Platform.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadIT {

    private static final String LOAD = "/control/load";

    private final Platform platform = Platform.standing();
    private final Receiver receiver = new Receiver();

    @AfterEach
    void close() {
        platform.close();
        receiver.close();
    }

    @Test
    void so_many_reports_of_so_many_devices_arrive_at_that_rate() {
        stream();
        start("\"devices\":5,\"reports\":50,\"perSecond\":10");

        platform.forward(Duration.ofMillis(1_900));
        assertThat(load().at("/sent/whole").asInt()).isEqualTo(20);
        platform.forward(Duration.ofHours(1));

        JsonNode load = load();
        assertThat(load.path("running").asBoolean()).isFalse();
        assertThat(load.at("/arrived/whole").asInt()).isEqualTo(50);
        assertThat(load.path("lastReportAt").asText()).isEqualTo("2026-03-02T15:01:04.948Z");
        assertThat(receiver.deliveries()).hasSize(50);
        assertThat(receiver.deliveries().stream().map(Receiver.Delivery::eventId))
                .doesNotHaveDuplicates();
        assertThat(receiver.deliveries().stream()
                        .map(delivery -> delivery.json().at("/data/deviceid").asText())
                        .distinct())
                .hasSize(5);
        assertThat(platform.state().path("load")).isEqualTo(load);
        assertThat(platform.state().path("devices")).hasSize(5);
    }

    @Test
    void some_come_twice_some_late_and_some_broken_and_the_counts_are_what_arrived() {
        stream();
        start(
                "\"devices\":10,\"reports\":400,\"perSecond\":10,\"duplicates\":5,\"reordered\":5,\"malformed\":5,\"seed\":7");

        // each device once in every step, so that nothing but the load itself puts its reports out of order
        platform.forward(Duration.ofMillis(950));
        for (int second = 1; second < 40; second++) {
            platform.forward(Duration.ofSeconds(1));
        }

        JsonNode load = load();
        int whole = load.at("/arrived/whole").asInt();
        int duplicated = load.at("/arrived/duplicated").asInt();
        int reordered = load.at("/arrived/reordered").asInt();
        int malformed = load.at("/arrived/malformed").asInt();
        assertThat(List.of(duplicated, reordered, malformed)).allMatch(count -> count > 5 && count < 40);
        assertThat(whole + duplicated + reordered + malformed).isEqualTo(400);
        assertThat(load.at("/accepted/duplicated").asInt()).isEqualTo(2 * duplicated);
        Received received = received();
        assertThat(received.broken()).isEqualTo(malformed);
        assertThat(received.timesById()).hasSize(400 - malformed);
        assertThat(received.timesById().values().stream().filter(times -> times == 2))
                .hasSize(duplicated);
        assertThat(received.overtaken()).isEqualTo(reordered);
    }

    @Test
    void what_each_device_was_sent_for_can_be_held_against_what_came() {
        stream();
        start("\"devices\":3,\"reports\":60,\"perSecond\":3,\"duplicates\":20,\"malformed\":20");
        platform.forward(Duration.ofHours(1));

        Map<String, Integer> came = new HashMap<>();
        for (Receiver.Delivery delivery : receiver.deliveries()) {
            if (delivery.body().endsWith("}}")) {
                came.merge(
                        delivery.eventId() + " "
                                + delivery.json().at("/data/deviceid").asText(),
                        1,
                        Integer::sum);
            }
        }
        JsonNode devices = platform.get(LOAD + "/devices").json();
        assertThat(devices).hasSize(3);
        assertThat(devices.valueStream()
                        .mapToInt(device -> device.path("sent").asInt())
                        .sum())
                .isEqualTo(came.size());
        assertThat(devices).allSatisfy(device -> {
            assertThat(device.path("newest")).hasSize(device.path("sent").asInt());
            assertThat(device.path("ids").asText()).matches("[0-9a-f]{1,16}");
        });
    }

    @Test
    void of_each_attempt_is_told_how_long_its_sender_waited() {
        stream();
        receiver.answering(503);
        start("\"devices\":2,\"reports\":10,\"perSecond\":10");
        platform.forward(Duration.ofHours(1));

        JsonNode answers = platform.get(LOAD + "/answers").json();

        assertThat(answers)
                .hasSize(11)
                .allSatisfy(answer -> assertThat(answer.get(1).asInt()).isPositive());
        assertThat(answers.valueStream().filter(answer -> !answer.get(2).asBoolean()))
                .hasSize(1);
    }

    @Test
    void reports_that_are_due_faster_than_they_can_be_sent_wait_for_each_other() {
        stream();
        start("\"devices\":100,\"reports\":3000,\"perSecond\":10000");

        platform.forward(Duration.ofHours(1));

        assertThat(load().at("/arrived/whole").asInt()).isEqualTo(3_000);
    }

    @Test
    void the_same_seed_has_the_same_in_store() {
        stream();
        String order = "\"devices\":3,\"reports\":60,\"duplicates\":20,\"reordered\":20,\"malformed\":20,\"seed\":";
        start(order + 1);
        platform.forward(Duration.ofHours(1));
        JsonNode first = load().path("sent");

        start(order + 1);
        platform.forward(Duration.ofHours(1));
        JsonNode again = load().path("sent");
        start(order + 2);
        platform.forward(Duration.ofHours(1));

        assertThat(again).isEqualTo(first);
        assertThat(load().path("sent")).isNotEqualTo(first);
    }

    @Test
    void what_fails_is_sent_again_and_what_fails_every_time_is_given_up() {
        stream();
        receiver.answering(503, 503, 503);
        start("\"devices\":2,\"reports\":10,\"perSecond\":10");
        platform.forward(Duration.ofHours(1));

        JsonNode mended = load();
        assertThat(mended.at("/resent/whole").asInt()).isEqualTo(3);
        assertThat(mended.at("/arrived/whole").asInt()).isEqualTo(10);
        assertThat(mended.at("/givenUp/whole").asInt()).isZero();

        receiver.always(500);
        start("\"devices\":2,\"reports\":10,\"perSecond\":10");
        platform.forward(Duration.ofHours(1));

        JsonNode lost = load();
        assertThat(lost.at("/resent/whole").asInt()).isEqualTo(20);
        assertThat(lost.at("/givenUp/whole").asInt()).isEqualTo(10);
        assertThat(lost.at("/arrived/whole").asInt()).isZero();
        assertThat(lost.path("onTheWay").asInt()).isZero();
    }

    @Test
    void a_load_is_in_no_history() {
        String token = stream();
        start("\"devices\":1,\"reports\":20");
        platform.forward(Duration.ofHours(1));

        JsonNode history = platform.post(
                        "/core/api/v2/devices/" + Platform.UID + "/fields/actions/history", token, "{}")
                .json();
        assertThat(history).isEmpty();
        assertThat(platform.state().at("/devices/0/lastReport").asText()).isEqualTo("2026-03-02T15:01:00Z");
    }

    @Test
    void one_load_at_a_time_and_it_can_be_ended() {
        stream();
        start("\"reports\":1000,\"perSecond\":1");
        platform.forward(Duration.ofSeconds(9));

        Reply busy = platform.post(LOAD, "{}");
        assertThat(busy.status()).isEqualTo(409);
        assertThat(busy.text("error_description")).contains("DELETE /control/load");
        platform.send(platform.request(LOAD).DELETE());
        platform.forward(Duration.ofHours(1));

        assertThat(load().path("running").asBoolean()).isFalse();
        assertThat(load().at("/sent/whole").asInt()).isEqualTo(10);
        assertThat(platform.post(LOAD, "{}").status()).isEqualTo(200);
    }

    @Test
    void without_a_subscriber_there_is_nobody_to_load() {
        assertThat(platform.get(LOAD).json().path("running").asBoolean()).isFalse();
        Reply nobody = platform.post(LOAD, "{}");

        assertThat(nobody.status()).isEqualTo(409);
        assertThat(nobody.text("error_description")).contains("subscription");
    }

    @Test
    void a_load_without_bounds_is_refused() {
        stream();
        for (String wrong : List.of(
                "\"reports\":1000001",
                "\"devices\":10000",
                "\"perSecond\":0",
                "\"reports\":1000000,\"perSecond\":1",
                "\"duplicates\":50,\"malformed\":51",
                "\"speed\":1")) {
            assertThat(platform.post(LOAD, "{" + wrong + "}").status())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    private record Received(Map<String, Integer> timesById, int broken, int overtaken) {}

    /** What a receiver can tell of a load: how often each event came, and how many came after a younger one of their device. */
    private Received received() {
        ObjectMapper mapper = new ObjectMapper();
        Map<String, Integer> timesById = new HashMap<>();
        Map<String, String> youngest = new HashMap<>();
        List<String> overtaken = new ArrayList<>();
        int broken = 0;
        for (Receiver.Delivery delivery : receiver.deliveries()) {
            try {
                JsonNode data = mapper.readTree(delivery.body()).path("data");
                String device = data.path("deviceid").asText();
                String time = data.path("createdon").asText();
                timesById.merge(data.path("id").asText(), 1, Integer::sum);
                if (youngest.merge(device, time, (a, b) -> a.compareTo(b) > 0 ? a : b)
                                .compareTo(time)
                        > 0) {
                    overtaken.add(device);
                }
            } catch (JsonProcessingException e) {
                broken++;
            }
        }
        return new Received(timesById, broken, overtaken.size());
    }

    private void start(String order) {
        assertThat(platform.post(LOAD, "{" + order + "}").status()).isEqualTo(200);
    }

    private JsonNode load() {
        return platform.get(LOAD).json();
    }

    private String stream() {
        String token = platform.userToken();
        String target = platform.post(
                        "/core/api/v2/targets",
                        token,
                        "{\"kind\":\"ts.target\",\"addressscheme\":\"streamrest\",\"address\":\"" + receiver.address()
                                + "\"}")
                .text("id");
        platform.post(
                "/core/api/v2/subscriptions",
                token,
                "{\"kind\":\"ts.subscription\",\"streamkind\":\"ts.event\",\"targetid\":\"" + target + "\"}");
        return token;
    }
}
