package dev.fleetline.thingspacesimulator.faults;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.web.Call;
import dev.fleetline.thingspacesimulator.web.Json;
import dev.fleetline.thingspacesimulator.web.JsonFields;
import dev.fleetline.thingspacesimulator.web.Spelled;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One set of faults and behaviours. On the wire it is flat, and what is left out has its default: {@code {}} is a platform
 * that behaves.
 *
 * @param doors how calls fail by number; nothing for a door whose calls do not
 */
public record FaultSettings(
        Deliveries deliveries,
        Calls calls,
        Map<Door, Failing> doors,
        Behaviour behaviour,
        StreamSettings streams,
        M2m m2m,
        LineSettings lines,
        Signing signing) {

    /** The longest that an old password was seen to be sent. */
    private static final Duration STALE_AT_MOST = Duration.ofMinutes(14);

    private static final Set<String> KNOWN = with(Set.of(
            "duplicates",
            "reorder",
            "unreadable",
            "deliveryDelay",
            "deliveryTries",
            "retryAfter",
            "errors",
            "slow",
            "lostAnswer",
            "lostAnswerBy",
            "lostActivation",
            "refreshTokens",
            "rotation",
            "clientCredentialsDeviceAnswer",
            "activationDelay",
            "activationVersion",
            "authorization",
            "patchSubscription",
            "m2mExpiresIn",
            "expiredSessionStatus",
            "stalePassword",
            "callbackResends"));

    /** Keeps its own copy of the doors. */
    public FaultSettings {
        doors = Map.copyOf(doors);
    }

    /**
     * What befalls deliveries.
     *
     * @param duplicates every how many-th event is sent twice; 0 for none
     * @param reorder how many events to come are held back until the one after them has been sent
     * @param unreadable how many deliveries to come have a body that breaks off in the middle
     * @param delay how long an event waits before it is sent, on the simulator's clock
     * @param tries how often an event is sent at most, when the receiver fails
     * @param retryAfter the time between two tries, on the simulator's clock
     */
    public record Deliveries(
            int duplicates, int reorder, int unreadable, Duration delay, int tries, Duration retryAfter) {}

    /**
     * What befalls API calls.
     *
     * @param errors how many calls to come are answered 500 and do nothing
     * @param slow how long every answer takes, in real time: the caller waits on its own clock
     * @param lostAnswer how many registrations and activations to come are carried out without the caller learning it
     * @param lostAnswerBy how an answer gets lost, also behind the doors
     * @param lostActivation how many activations to come never arrive, which their callers cannot tell from a lost answer
     */
    public record Calls(int errors, Duration slow, int lostAnswer, LostBy lostAnswerBy, int lostActivation) {}

    /** How an answer gets lost. */
    public enum LostBy implements Spelled {
        /** A gateway in between gives up. */
        STATUS_504("504"),
        /** The connection ends. */
        CLOSE("close");

        private final String spelling;

        LostBy(String spelling) {
            this.spelling = spelling;
        }

        @Override
        public String spelling() {
            return spelling;
        }
    }

    /**
     * What the platform may do either way, for all that is known.
     *
     * @param refreshTokens whether an authorization code brings a refresh token
     * @param rotation whether a refresh token is good for one use and brings the next
     * @param emptyDeviceAnswer whether a token without scopes gets an empty 200 from the devices, instead of a 403
     * @param activationDelay from the activation until the device is ready, on the simulator's clock
     * @param versionAtCheckIn whether an accepted activation leaves the device's version as it is until the device is ready
     * @param bearerKey whether a target's key is sent as {@code Bearer <key>}, instead of as it is
     * @param refusesPatch whether a subscription cannot be changed, only replaced
     */
    public record Behaviour(
            boolean refreshTokens,
            boolean rotation,
            boolean emptyDeviceAnswer,
            Duration activationDelay,
            boolean versionAtCheckIn,
            boolean bearerKey,
            boolean refusesPatch) {}

    /**
     * What the M2M world may do either way.
     *
     * @param countsDown whether the {@code expires_in} of a token that is given again says what is left of it
     * @param expiredSessionStatus the status that goes with an expired session
     * @param stalePassword how long after a new registration of a listener callbacks carry what was registered before, on the
     *     simulator's clock
     * @param resends when a callback that failed is sent again
     */
    public record M2m(boolean countsDown, int expiredSessionStatus, Duration stalePassword, Resends resends) {}

    /** When a callback that failed is sent again. */
    public enum Resends implements Spelled {
        /** Three times, five minutes apart: the documents, which do not say how long an answer may take. */
        DOCUMENTED("documented", 3, Duration.ofMinutes(5), Duration.ofSeconds(10)),
        /** Once and at once, and an answer may take four seconds: what was measured. */
        MEASURED("measured", 1, Duration.ofMillis(1_400), Duration.ofSeconds(4));

        private final String spelling;
        private final int times;
        private final Duration apart;
        private final Duration patience;

        Resends(String spelling, int times, Duration apart, Duration patience) {
            this.spelling = spelling;
            this.times = times;
            this.apart = apart;
            this.patience = patience;
        }

        @Override
        public String spelling() {
            return spelling;
        }

        /** How long a listener may take for its answer, in real time. */
        public Duration patience() {
            return patience;
        }

        /** How often. */
        public int times() {
            return times;
        }

        /** The time between, on the simulator's clock. */
        public Duration apart() {
            return apart;
        }
    }

    /** A platform that behaves. */
    public static FaultSettings none() {
        return new FaultSettings(
                new Deliveries(0, 0, 0, Duration.ZERO, 3, Duration.ofMinutes(1)),
                new Calls(0, Duration.ZERO, 0, LostBy.STATUS_504, 0),
                Map.of(),
                new Behaviour(true, true, false, Duration.ofMinutes(2), false, false, false),
                StreamSettings.usual(),
                new M2m(true, 400, Duration.ZERO, Resends.DOCUMENTED),
                LineSettings.usual(),
                Signing.usual());
    }

    /** The settings that the body of {@code call} spells. */
    public static FaultSettings from(Call call) {
        JsonFields fields = JsonFields.of(call, KNOWN);
        FaultSettings usual = none();
        Duration slow = fields.duration("slow").orElse(usual.calls.slow);
        if (slow.compareTo(Duration.ofMinutes(1)) > 0) {
            throw JsonFields.badRequest("\"slow\" is real time and at most \"PT1M\"");
        }
        Duration stale = fields.duration("stalePassword").orElse(usual.m2m.stalePassword);
        if (stale.compareTo(STALE_AT_MOST) > 0) {
            throw JsonFields.badRequest("\"stalePassword\" is at most \"PT14M\", the longest that was seen");
        }
        return new FaultSettings(
                new Deliveries(
                        fields.count("duplicates", 0, 0, 1_000_000),
                        fields.count("reorder", 0, 0, 1_000_000),
                        fields.count("unreadable", 0, 0, 1_000_000),
                        fields.duration("deliveryDelay").orElse(usual.deliveries.delay),
                        fields.count("deliveryTries", usual.deliveries.tries, 1, 10),
                        fields.duration("retryAfter").orElse(usual.deliveries.retryAfter)),
                new Calls(
                        fields.count("errors", 0, 0, 1_000_000),
                        slow,
                        fields.count("lostAnswer", 0, 0, 1_000_000),
                        fields.choice("lostAnswerBy", usual.calls.lostAnswerBy),
                        fields.count("lostActivation", 0, 0, 1_000_000)),
                doorsIn(fields),
                new Behaviour(
                        fields.flag("refreshTokens", usual.behaviour.refreshTokens),
                        fields.flag("rotation", usual.behaviour.rotation),
                        fields.choice("clientCredentialsDeviceAnswer", List.of("forbidden", "empty"))
                                .equals("empty"),
                        fields.duration("activationDelay").orElse(usual.behaviour.activationDelay),
                        fields.choice("activationVersion", List.of("atOnce", "atCheckIn"))
                                .equals("atCheckIn"),
                        fields.choice("authorization", List.of("verbatim", "bearer"))
                                .equals("bearer"),
                        fields.choice("patchSubscription", List.of("accepted", "refused"))
                                .equals("refused")),
                StreamSettings.from(fields),
                new M2m(
                        fields.choice("m2mExpiresIn", List.of("countsDown", "full"))
                                .equals("countsDown"),
                        Integer.parseInt(fields.choice("expiredSessionStatus", List.of("400", "401", "403"))),
                        stale,
                        fields.choice("callbackResends", usual.m2m.resends)),
                LineSettings.from(fields),
                Signing.from(fields));
    }

    private static Map<Door, Failing> doorsIn(JsonFields fields) {
        Map<Door, Failing> doors = new EnumMap<>(Door.class);
        for (Door door : Door.values()) {
            doors.put(
                    door,
                    new Failing(
                            fields.count(door.countField(), 0, 0, 1_000_000),
                            fields.choice(door.wayField(), Failing.Way.STATUS_500)));
        }
        return doors;
    }

    private static Set<String> with(Set<String> others) {
        Set<String> all = new HashSet<>(others);
        all.addAll(StreamSettings.KNOWN);
        all.addAll(LineSettings.KNOWN);
        all.addAll(Signing.KNOWN);
        for (Door door : Door.values()) {
            all.add(door.countField());
            all.add(door.wayField());
        }
        return Set.copyOf(all);
    }

    /** How calls behind a door fail. */
    Failing failing(Door door) {
        return doors.getOrDefault(door, Failing.NEVER);
    }

    /** As the control API shows them. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("duplicates", deliveries.duplicates)
                .put("reorder", deliveries.reorder)
                .put("unreadable", deliveries.unreadable)
                .put("deliveryDelay", deliveries.delay.toString())
                .put("deliveryTries", deliveries.tries)
                .put("retryAfter", deliveries.retryAfter.toString())
                .put("errors", calls.errors)
                .put("slow", calls.slow.toString())
                .put("lostAnswer", calls.lostAnswer)
                .put("lostAnswerBy", calls.lostAnswerBy.spelling())
                .put("lostActivation", calls.lostActivation)
                .put("refreshTokens", behaviour.refreshTokens)
                .put("rotation", behaviour.rotation)
                .put("clientCredentialsDeviceAnswer", behaviour.emptyDeviceAnswer ? "empty" : "forbidden")
                .put("activationDelay", behaviour.activationDelay.toString())
                .put("activationVersion", behaviour.versionAtCheckIn ? "atCheckIn" : "atOnce")
                .put("authorization", behaviour.bearerKey ? "bearer" : "verbatim")
                .put("patchSubscription", behaviour.refusesPatch ? "refused" : "accepted")
                .put("m2mExpiresIn", m2m.countsDown ? "countsDown" : "full")
                .put("expiredSessionStatus", Integer.toString(m2m.expiredSessionStatus))
                .put("stalePassword", m2m.stalePassword.toString())
                .put("callbackResends", m2m.resends.spelling());
        streams.writeTo(json);
        lines.writeTo(json);
        signing.writeTo(json);
        for (Door door : Door.values()) {
            json.put(door.countField(), failing(door).times())
                    .put(door.wayField(), failing(door).way().spelling());
        }
        return json;
    }
}
