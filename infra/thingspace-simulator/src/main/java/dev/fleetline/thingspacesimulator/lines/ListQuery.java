package dev.fleetline.thingspacesimulator.lines;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.thingspacesimulator.m2m.M2mBody;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * Which lines a list is to have.
 *
 * @param after the {@code DeviceId} of the last one that the caller has seen
 * @param most how many it has at most
 */
record ListQuery(Predicate<Line> wanted, long after, int most) {

    private static final int PAGE = 2_000;

    /** Time and custom fields are not looked at. */
    static ListQuery in(M2mBody body) {
        long most = body.number("maxNumberOfDevices").orElse((long) PAGE);
        if (most < 1 || most > PAGE) {
            throw Refused.TOO_MANY.refusal();
        }
        Optional<LineState> state = body.optional("currentState").map(ListQuery::state);
        Optional<String> group = body.optional("groupName");
        Optional<String> plan = body.optional("servicePlan");
        Predicate<Line> wanted = line -> state.map(line.state()::equals).orElse(true)
                && group.map(line.groupName()::equals).orElse(true)
                && (plan.isEmpty() || plan.equals(line.servicePlan()));
        List<Predicate<Line>> filters = body.object("filter").stream()
                .flatMap(filter -> StreamSupport.stream(
                        filter.path("deviceIdentifierFilters").spliterator(), false))
                .map(ListQuery::filter)
                .toList();
        return new ListQuery(
                line -> wanted.test(line) && filters.stream().allMatch(filter -> filter.test(line)),
                body.number("largestDeviceIdSeen").orElse(0L),
                (int) most);
    }

    private static LineState state(String text) {
        return Arrays.stream(LineState.values())
                .filter(state -> state.spelling().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(Refused.WRONG_STATE::refusal);
    }

    private static Predicate<Line> filter(JsonNode filter) {
        DeviceIds.Kind kind = DeviceIds.Kind.of(filter.path("kind").asText());
        String contains = filter.path("contains").asText();
        String start = filter.path("startswith").asText();
        String end = filter.path("endswith").asText();
        return line -> line.the(kind)
                .filter(id -> id.contains(contains) && id.startsWith(start) && id.endsWith(end))
                .isPresent();
    }
}
