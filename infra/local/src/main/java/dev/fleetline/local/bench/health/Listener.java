package dev.fleetline.local.bench.health;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.fleetevents.FleetEvents;
import dev.fleetline.fleetevents.Outgoing;
import dev.fleetline.lambda.EdgeJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whoever is told: takes every event, as the bus does, and keeps what was said of alerts. */
final class Listener implements FleetEvents {

    private static final Pattern ALERT = Pattern.compile("(Device|Site|Cell|Fleet|Platform)Alert([A-Z][a-z]+)");

    private static final class Heard {
        private final String about;
        private final JsonNode first;
        private final Instant at;
        private final List<String> words = new ArrayList<>();

        private Heard(String about, JsonNode first, Instant at) {
            this.about = about;
            this.first = first;
            this.at = at;
        }
    }

    private final Map<String, Heard> alerts = new LinkedHashMap<>();
    private final Map<String, Integer> others = new HashMap<>();
    private final Set<String> seen = new HashSet<>();

    @Override
    public Published publish(List<Outgoing> events) {
        events.forEach(this::hear);
        return new Published(events.stream().map(Outgoing::eventId).collect(Collectors.toSet()), Set.of());
    }

    private void hear(Outgoing event) {
        Matcher alert = ALERT.matcher(event.detailType());
        if (!alert.matches()) {
            others.merge(event.detailType(), 1, Integer::sum);
        } else if (seen.add(event.eventId())) {
            JsonNode detail = read(event.detail());
            alerts.computeIfAbsent(
                            detail.path("alertId").asText(), _ -> new Heard(alert.group(1), detail, event.time()))
                    .words
                    .add(alert.group(2));
        }
    }

    /** Every alert that was told, in the order of their first words. */
    List<ToldAlert> alerts() {
        return alerts.values().stream()
                .map(heard -> new ToldAlert(
                        heard.about,
                        heard.first.path("dedupKey").asText().replaceFirst("^[^:]*:(.*):[^:]*$", "$1"),
                        heard.first.path("condition").asText(),
                        heard.at,
                        Optional.of(heard.first.path("cause").asText()).filter(cause -> !cause.isEmpty()),
                        heard.words))
                .toList();
    }

    /** How often what else was said, by detail-type. */
    Map<String, Integer> others() {
        return Map.copyOf(others);
    }

    private static JsonNode read(String detail) {
        try {
            return EdgeJson.JSON.readTree(detail);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event is no JSON", e);
        }
    }
}
