package dev.fleetline.callback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.callback.Delivery.DeliveryId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What makes a message of a callback service the same one, and what another. */
class IdentityProperties {

    private static final Intake INTAKE = new Intake(Optional.empty(), 10);
    private static final Instant HALF_HOUR = Instant.parse("2026-03-02T16:00:00Z");
    private static final List<String> IMEIS = List.of("999999000000014", "999999000000022", "999999000000030");
    private static final List<String> ICCIDS = List.of("89148000009999900014", "89148000009999900022");

    @Property(tries = 300)
    void a_repetition_is_the_same_delivery_however_it_is_ordered_cased_and_counted(
            @ForAll("messages") ObjectNode message, @ForAll Random chance) {
        Arrival first = arrival("CarrierService", message, HALF_HOUR);
        Arrival second = arrival("CarrierService", repeated(message, chance), HALF_HOUR.plus(Duration.ofHours(7)));

        assertThat(second.delivery().id()).isEqualTo(first.delivery().id());
        assertThat(first.before()).isEmpty();
        assertThat(first.delivery().payload()).doesNotContain("secret-of-a-login");
    }

    @Property(tries = 100)
    void what_a_request_did_to_two_devices_is_two_deliveries(@ForAll("messages") ObjectNode message) {
        ObjectNode other = message.deepCopy();
        other.withArray("deviceIds")
                .removeAll()
                .addObject()
                .put("id", "999999000000048")
                .put("kind", "imei");

        assertThat(arrival("CarrierService", message, HALF_HOUR).delivery().id())
                .isNotEqualTo(
                        arrival("CarrierService", other, HALF_HOUR).delivery().id());
    }

    @Property(tries = 300)
    void what_nobody_asked_for_is_the_same_until_the_end_of_the_next_half_hour_and_another_one_after_it(
            @ForAll("messages") ObjectNode message,
            @ForAll Random chance,
            @ForAll @IntRange(max = 1_799) int secondOfFirst,
            @ForAll @IntRange(max = 7_200) int secondsLater) {
        Instant first = HALF_HOUR.plusSeconds(secondOfFirst);
        Arrival kept = arrival("NiddService", message, first);
        Arrival later = arrival("NiddService", repeated(message, chance), first.plusSeconds(secondsLater));

        DeliveryId id = kept.delivery().id();
        boolean isRepetition =
                later.delivery().id().equals(id) || later.before().equals(Optional.of(id));
        assertThat(isRepetition).isEqualTo((secondOfFirst + secondsLater) / 1_800 <= 1);
    }

    @Property(tries = 50)
    void all_tries_of_the_platform_fall_into_two_half_hours(
            @ForAll("messages") ObjectNode message, @ForAll @IntRange(max = 1_799) int secondOfFirst) {
        Instant first = HALF_HOUR.plusSeconds(secondOfFirst);
        DeliveryId id = arrival("DiagnosticsService", message, first).delivery().id();

        for (Duration after : List.of(
                Duration.ofMillis(1_400), Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofMinutes(15))) {
            Arrival again = arrival("DiagnosticsService", message, first.plus(after));
            assertThat(List.of(again.delivery().id(), again.before().orElseThrow()))
                    .contains(id);
        }
    }

    @Provide
    Arbitrary<ObjectNode> messages() {
        return Combinators.combine(
                        Arbitraries.of(IMEIS),
                        Arbitraries.of(ICCIDS),
                        Arbitraries.of("Success", "Failed"),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.strings().alpha().ofMaxLength(5))
                .as((imei, iccid, status, count, comment) -> {
                    ObjectNode message = JsonNodeFactory.instance.objectNode();
                    message.put("username", "cbuser").put("password", "secret-of-a-login");
                    message.put("requestId", "44444444-4444-4444-8444-444444444444");
                    message.set("deviceIds", ids(imei, iccid));
                    message.putObject("deviceResponse")
                            .putObject("activateResponse")
                            .set("deviceIds", ids(imei, iccid));
                    return message.put("status", status)
                            .put("comment", comment)
                            .put("callbackCount", count)
                            .put("maxCallbackThreshold", 4);
                });
    }

    private static ArrayNode ids(String imei, String iccid) {
        ArrayNode ids = JsonNodeFactory.instance.arrayNode();
        ids.addObject().put("id", imei).put("kind", "imei");
        ids.addObject().put("id", iccid).put("kind", "iccid");
        return ids;
    }

    /** As the platform sends it once more: another count, another order, its kinds in another case, another password. */
    private static ObjectNode repeated(ObjectNode message, Random chance) {
        ObjectNode again = (ObjectNode) shuffled(message, chance);
        return again.put("callbackCount", 1 + chance.nextInt(4)).put("password", "another-secret-of-a-login");
    }

    private static JsonNode shuffled(JsonNode node, Random chance) {
        if (node instanceof ObjectNode object) {
            List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(object.properties());
            Collections.shuffle(fields, chance);
            ObjectNode shuffled = object.objectNode();
            fields.forEach(field -> shuffled.set(field.getKey(), shuffled(field.getValue(), chance)));
            if (shuffled.path("kind").isTextual() && chance.nextBoolean()) {
                String kind = shuffled.path("kind").textValue();
                shuffled.put("kind", Character.toUpperCase(kind.charAt(0)) + kind.substring(1));
            }
            return shuffled;
        }
        if (node instanceof ArrayNode array) {
            List<JsonNode> elements = new ArrayList<>();
            array.forEach(element -> elements.add(shuffled(element, chance)));
            Collections.shuffle(elements, chance);
            return array.arrayNode().addAll(elements);
        }
        return node;
    }

    private static Arrival arrival(String service, ObjectNode message, Instant at) {
        List<Arrival> arrivals = INTAKE.calledBack(service, message.toString().getBytes(UTF_8), at);
        assertThat(arrivals).hasSize(1);
        return arrivals.getFirst();
    }
}
