package dev.fleetline.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.fleetevents.AlertDetail;
import dev.fleetline.fleetevents.FleetEvent;
import dev.fleetline.fleetevents.FleetEvent.About;
import dev.fleetline.fleetevents.FleetEvent.AlertChanged;
import dev.fleetline.fleetevents.FleetEvent.AlertCounts;
import dev.fleetline.fleetevents.FleetEvent.BulkCounts;
import dev.fleetline.fleetevents.FleetEvent.BulkOnboardingChecked;
import dev.fleetline.fleetevents.FleetEvent.Coverage;
import dev.fleetline.fleetevents.FleetEvent.DeviceActivated;
import dev.fleetline.fleetevents.FleetEvent.DeviceOnboardingFailed;
import dev.fleetline.fleetevents.FleetEvent.DeviceOnboardingRequested;
import dev.fleetline.fleetevents.FleetEvent.Fault;
import dev.fleetline.fleetevents.FleetEvent.HealthSweepCompleted;
import dev.fleetline.fleetevents.FleetEvent.TokenReauthorizationNeeded;
import dev.fleetline.fleetevents.FleetEvent.Verification;
import dev.fleetline.fleetevents.FleetEvent.Word;
import dev.fleetline.fleetevents.Outgoing;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Schemas, samples and the records in the code say the same of every event. */
class EventSchemasTest {

    private static final String ID = "0123456789abcdef0123456789abcdef";
    private static final Instant NOW = Instant.parse("2026-03-02T15:00:00Z");

    static Stream<Path> samples() {
        return ProjectTree.files(ProjectTree.path("events/samples/bus"), ".json").stream();
    }

    static Stream<Class<?>> events() {
        return Arrays.stream(FleetEvent.class.getPermittedSubclasses())
                .filter(event -> !event.equals(AlertChanged.class));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_sample_is_named_after_its_event_and_valid(Path file) {
        JsonNode sample = ProjectTree.json(file);

        assertThat(ProjectTree.name(file)).isEqualTo(type(sample) + ".json");
        assertThat(Schemas.faults(type(sample), sample.path("detail"))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_detail_without_a_required_field_is_refused(Path file) {
        JsonNode sample = ProjectTree.json(file);
        List<String> required = required(type(sample));

        assertThat(required).isNotEmpty().allSatisfy(field -> {
            ObjectNode without = sample.path("detail").deepCopy();
            assertThat(without.remove(field)).isNotNull();
            assertThat(Schemas.faults(type(sample), without))
                    .as("%s without %s", type(sample), field)
                    .isNotEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_field_of_another_type_or_null_is_refused(Path file) {
        JsonNode sample = ProjectTree.json(file);

        assertThat(sample.path("detail").properties()).allSatisfy(field -> {
            ObjectNode wrong = sample.path("detail").deepCopy();
            if (field.getValue().isArray()) {
                wrong.put(field.getKey(), "text");
            } else {
                wrong.putArray(field.getKey());
            }
            assertThat(Schemas.faults(type(sample), wrong)).as(field.getKey()).isNotEmpty();
            wrong.putNull(field.getKey());
            assertThat(Schemas.faults(type(sample), wrong))
                    .as("%s null", field.getKey())
                    .isNotEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("samples")
    void our_own_events_have_no_field_that_the_schema_does_not_know(Path file) {
        JsonNode sample = ProjectTree.json(file);
        ObjectNode more = sample.path("detail").deepCopy();
        more.put("favouriteColour", "blue");

        boolean anyoneMaySendIt = type(sample).equals("DeviceOnboardingRequested");
        assertThat(Schemas.faults(type(sample), more).isEmpty()).isEqualTo(anyoneMaySendIt);
    }

    @Test
    void a_time_that_is_none_is_refused() {
        JsonNode sample = ProjectTree.json("events/samples/bus/TokenRefreshed.json");
        ObjectNode wrong = sample.path("detail").deepCopy();
        wrong.put("expiresAt", "2026-04-31T25:00:00Z");

        assertThat(Schemas.faults("TokenRefreshed", wrong)).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("events")
    void the_components_of_an_event_are_the_properties_of_its_schema(Class<?> event) {
        assertSame(event, ProjectTree.json("events/schemas/" + event.getSimpleName() + ".json"));
    }

    @Test
    void an_alerts_detail_and_what_is_in_it_are_the_properties_of_its_schema() {
        JsonNode schema = ProjectTree.json("events/schemas/AlertDetail.json");

        assertSame(AlertDetail.class, schema);
        JsonNode properties = schema.path("properties");
        assertThat(components(AlertDetail.Device.class)).isEqualTo(properties(properties.path("device")));
        assertThat(components(AlertDetail.Devices.class)).isEqualTo(properties(properties.path("devices")));
        assertThat(components(AlertDetail.Person.class)).isEqualTo(properties(properties.path("person")));
        assertThat(components(AlertDetail.Observed.class)).isEqualTo(properties(properties.path("observed")));
        assertThat(components(AlertDetail.Threshold.class)).isEqualTo(properties(properties.path("threshold")));
        JsonNode sweep =
                ProjectTree.json("events/schemas/HealthSweepCompleted.json").path("properties");
        assertThat(components(Coverage.class)).isEqualTo(properties(sweep.path("coverage")));
        assertThat(components(AlertCounts.class)).isEqualTo(properties(sweep.path("alerts")));
        assertThat(components(Verification.class)).isEqualTo(properties(sweep.path("verification")));
        JsonNode bulk =
                ProjectTree.json("events/schemas/BulkOnboardingChecked.json").path("properties");
        assertThat(components(BulkCounts.class)).isEqualTo(properties(bulk.path("counts")));
    }

    @Test
    void every_event_has_one_sample_and_one_schema_and_nothing_else_has() {
        var types = new TreeSet<String>(events().map(Class::getSimpleName).toList());
        alerts().forEach(types::add);

        assertThat(samples().map(ProjectTree::json).map(EventSchemasTest::type)).containsExactlyElementsOf(types);
        var schemas = new TreeSet<>(types);
        schemas.addAll(List.of("AlertDetail", "StreamEvent"));
        assertThat(ProjectTree.files(ProjectTree.path("events/schemas"), ".json").stream()
                        .map(ProjectTree::name))
                .containsExactlyElementsOf(
                        schemas.stream().map(name -> name + ".json").toList());
    }

    @Test
    void what_the_code_writes_is_valid() {
        var written = new ArrayList<FleetEvent>(List.of(
                new DeviceActivated(
                        ID, Optional.empty(), "999999000000014", Optional.empty(), "report", NOW.plusMillis(5)),
                new DeviceOnboardingFailed(
                        ID,
                        "order",
                        Optional.empty(),
                        "INVALID",
                        "why",
                        Optional.of("SENDER"),
                        List.of(new Fault("imei", "rule", "fix"))),
                new BulkOnboardingChecked(
                        ID,
                        "incoming/check/june.csv",
                        "check",
                        "refused",
                        new BulkCounts(0, 0, 0, 0, 0, 0, 0, 0),
                        Optional.of("the file is empty"),
                        Optional.empty()),
                new TokenReauthorizationNeeded(ID, "core", "secret", Optional.empty(), "why"),
                new HealthSweepCompleted(
                        ID,
                        "sweep",
                        "overdue",
                        NOW,
                        1,
                        new Coverage(1, 2, 1, Map.of("UNREADABLE", 1), 0, 0.5, false),
                        new AlertCounts(0, 0, 0, 0, 0, 0),
                        new Verification(0, 0, 0, 0),
                        List.of("platform#core"),
                        false,
                        "sweeps/overdue/2026-03-03/sweep")));
        for (About about : About.values()) {
            Stream.of(Word.values())
                    .filter(word -> word.isSaidOf(about))
                    .forEach(word -> written.add(new AlertChanged(about, word, detail(about, word))));
        }

        assertThat(written).allSatisfy(event -> {
            Outgoing outgoing = Outgoing.of("health-sweep", NOW, event);
            assertThat(Schemas.faults(
                            outgoing.detailType(), ProjectTree.parse(outgoing.detail(), outgoing.detailType())))
                    .as(outgoing.detail())
                    .isEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("wireSamples")
    void what_thingspace_posts_is_a_stream_event_or_is_not(Map.Entry<String, Boolean> expected) {
        JsonNode request = ProjectTree.json("events/samples/callback-receiver/" + expected.getKey());
        String body = request.path("body").asText();

        boolean valid = ProjectTree.isJson(body)
                && Schemas.faults("StreamEvent", ProjectTree.parse(body, expected.getKey()))
                        .isEmpty();
        assertThat(valid).isEqualTo(expected.getValue());
    }

    static Stream<Map.Entry<String, Boolean>> wireSamples() {
        return Map.of(
                "stream-event.json", true,
                "stream-event-battery-low.json", true,
                "not-json.json", false,
                "unknown-kind.json", false,
                "carrier-service.json", false)
                .entrySet()
                .stream();
    }

    @ParameterizedTest
    @MethodSource("onboardingSamples")
    void an_onboarding_sample_has_as_many_good_requests_as_it_says(Map.Entry<String, Long> expected) {
        JsonNode batch = ProjectTree.json("events/samples/device-onboarding/" + expected.getKey());

        long good = batch.path("Records")
                .valueStream()
                .map(message -> message.path("body").asText())
                .filter(ProjectTree::isJson)
                .map(body -> ProjectTree.parse(body, expected.getKey()).path("detail"))
                .filter(detail ->
                        Schemas.faults("DeviceOnboardingRequested", detail).isEmpty())
                .count();
        assertThat(good).isEqualTo(expected.getValue());
    }

    static Stream<Map.Entry<String, Long>> onboardingSamples() {
        return Map.of(
                "good-batch.json", 2L,
                "m2m-order.json", 1L,
                "m2m-without-plan.json", 1L,
                "missing-field.json", 1L,
                "not-json.json", 2L,
                "same-twice.json", 2L,
                "second-order.json", 2L)
                .entrySet()
                .stream();
    }

    private static AlertDetail detail(About about, Word word) {
        boolean isDevice = about == About.DEVICE;
        String condition = isDevice ? "BATTERY_LOW" : about == About.PLATFORM ? "TOKEN" : "NETWORK_LOST";
        String subject =
                switch (about) {
                    case DEVICE -> "device#999999000000014";
                    case SITE -> "site#north-yard";
                    case CELL -> "cell#311480-20480001";
                    case FLEET -> "fleet";
                    case PLATFORM -> "platform#m2m";
                };
        String status =
                switch (word) {
                    case RAISED, ESCALATED, EASED, REMINDED, FLAPPING -> "open";
                    case ACKNOWLEDGED -> "acknowledged";
                    case SNOOZED -> "snoozed";
                    case CLEARED -> "resolved";
                };
        return new AlertDetail(
                ID,
                ID,
                1,
                "0999000001-00001:" + subject + ":" + condition,
                subject,
                status,
                "WARNING",
                Optional.of("CRITICAL"),
                condition,
                Optional.empty(),
                Optional.of(true),
                Optional.of(new AlertDetail.Device(
                                "999999000000014",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()))
                        .filter(_ -> isDevice),
                Optional.of(new AlertDetail.Devices(6, 8, List.of("999999000000014")))
                        .filter(_ -> !isDevice),
                Optional.of(new AlertDetail.Observed(18, "%", NOW, "BATTERY")).filter(_ -> isDevice),
                Optional.of(new AlertDetail.Threshold(20, Optional.of(25.0), "fleet"))
                        .filter(_ -> isDevice),
                NOW,
                Optional.of(NOW),
                1,
                2,
                word == Word.FLAPPING,
                Optional.empty(),
                Optional.of(new AlertDetail.Person("ann@example.test", "on my way", Optional.of(NOW))),
                Optional.empty(),
                "correlation",
                "a sentence",
                "https://runbooks.example.test/BATTERY_LOW.md");
    }

    /** The detail-type of everything that can be said of an alert. */
    private static Stream<String> alerts() {
        return Arrays.stream(About.values()).flatMap(about -> Arrays.stream(Word.values())
                .filter(word -> word.isSaidOf(about))
                .map(word -> new AlertChanged(about, word, detail(about, word)).detailType()));
    }

    private static String type(JsonNode sample) {
        return sample.path("detail-type").asText();
    }

    /** What every message of the schema must have, what it refers to included. */
    private static List<String> required(String schema) {
        JsonNode declared = ProjectTree.json("events/schemas/" + schema + ".json");
        Stream<String> own = declared.path("required").valueStream().map(JsonNode::asText);
        Stream<String> referred = declared.has("$ref")
                ? required(declared.path("$ref").asText().replace(".json", "")).stream()
                : Stream.of();
        return Stream.concat(own, referred).distinct().toList();
    }

    private static void assertSame(Class<?> event, JsonNode schema) {
        var properties = new TreeSet<>(components(event));
        properties.add("schemaVersion");
        assertThat(properties(schema)).isEqualTo(properties);

        var required = new TreeSet<>(List.of("schemaVersion"));
        for (RecordComponent component : event.getRecordComponents()) {
            if (!component.getType().equals(Optional.class)) {
                required.add(component.getName());
            }
        }
        if (event.equals(DeviceOnboardingRequested.class)) {
            // whoever else sends an order leaves it out
            required.remove("eventId");
        }
        assertThat(new TreeSet<>(schema.path("required")
                        .valueStream()
                        .map(JsonNode::asText)
                        .toList()))
                .isEqualTo(required);
    }

    private static Set<String> components(Class<?> event) {
        return new TreeSet<>(Arrays.stream(event.getRecordComponents())
                .map(RecordComponent::getName)
                .toList());
    }

    private static Set<String> properties(JsonNode schema) {
        return new TreeSet<>(schema.path("properties")
                .propertyStream()
                .map(Map.Entry::getKey)
                .toList());
    }
}
