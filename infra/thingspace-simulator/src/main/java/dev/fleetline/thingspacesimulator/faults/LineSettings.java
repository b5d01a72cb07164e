package dev.fleetline.thingspacesimulator.faults;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.web.JsonFields;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What becomes of orders for the lines of the M2M account.
 *
 * @param seed the same seed has the same fate in store for the same order of the same device
 * @param delayLeast the shortest time until an order ends, on the simulator's clock
 * @param delayMost the longest
 * @param ends how activations end
 * @param tellings how the ends of all orders are told
 * @param limits what the platform refuses
 */
public record LineSettings(
        int seed, Duration delayLeast, Duration delayMost, Ends ends, Tellings tellings, Limits limits) {

    static final Set<String> KNOWN = Set.of(
            "m2mSeed",
            "m2mDelayLeast",
            "m2mDelayMost",
            "m2mFailed",
            "m2mAlreadyActive",
            "m2mStuck",
            "m2mLost",
            "m2mDoubled",
            "m2mLate",
            "m2mLateBy",
            "m2mContradictory",
            "m2mActivatesPerMinute",
            "m2mThrottledStatus",
            "m2mLineActions",
            "m2mAlreadyActiveBy");

    private static final Duration LONGEST = Duration.ofDays(7);

    /**
     * How activations end that do not end well, in percent.
     *
     * @param failed leave the device deactive
     * @param alreadyActive make the device active, and say that it was so before
     * @param stuck never end
     */
    public record Ends(int failed, int alreadyActive, int stuck) {}

    /**
     * How ends are told that are not told once and in time, in percent.
     *
     * @param lost not at all
     * @param doubled twice
     * @param late by {@code lateBy} after the state has changed
     * @param contradictory as a success and as a failure, one of which is not true
     */
    public record Tellings(int lost, int doubled, int late, Duration lateBy, int contradictory) {}

    /**
     * What the platform refuses.
     *
     * @param activatesPerMinute how many activate requests a minute are let through
     * @param throttledStatus the status of those that are not
     * @param lineActions how many actions a line has in a day, 0 for as many as are asked for
     * @param alreadyActiveAtOnce whether a request with a device that is active is refused, instead of that device by callback
     */
    public record Limits(int activatesPerMinute, int throttledStatus, int lineActions, boolean alreadyActiveAtOnce) {}

    static LineSettings usual() {
        return new LineSettings(
                1,
                Duration.ofMinutes(2),
                Duration.ofMinutes(5),
                new Ends(0, 0, 0),
                new Tellings(0, 0, 0, Duration.ofHours(12), 0),
                new Limits(100, 429, 0, false));
    }

    static LineSettings from(JsonFields fields) {
        LineSettings usual = usual();
        Duration least = fields.duration("m2mDelayLeast").orElse(usual.delayLeast);
        Duration most = fields.duration("m2mDelayMost").orElse(max(least, usual.delayMost));
        if (least.compareTo(most) > 0 || most.compareTo(LONGEST) > 0) {
            throw JsonFields.badRequest(
                    "\"m2mDelayLeast\" is not more than \"m2mDelayMost\", and that at most \"P7D\"");
        }
        Ends ends = new Ends(
                percent(fields, "m2mFailed"), percent(fields, "m2mAlreadyActive"), percent(fields, "m2mStuck"));
        if (ends.failed + ends.alreadyActive + ends.stuck > 100) {
            throw JsonFields.badRequest(
                    "\"m2mFailed\", \"m2mAlreadyActive\" and \"m2mStuck\" are percent, and an activation ends in one way");
        }
        Tellings tellings = new Tellings(
                percent(fields, "m2mLost"),
                percent(fields, "m2mDoubled"),
                percent(fields, "m2mLate"),
                fields.duration("m2mLateBy").orElse(usual.tellings.lateBy),
                percent(fields, "m2mContradictory"));
        if (tellings.lost + tellings.doubled + tellings.late + tellings.contradictory > 100) {
            throw JsonFields.badRequest(
                    "\"m2mLost\", \"m2mDoubled\", \"m2mLate\" and \"m2mContradictory\" are percent, "
                            + "and an end is told in one way");
        }
        return new LineSettings(
                fields.count("m2mSeed", usual.seed, 0, Integer.MAX_VALUE),
                least,
                most,
                ends,
                tellings,
                new Limits(
                        fields.count("m2mActivatesPerMinute", usual.limits.activatesPerMinute, 1, 1_000_000),
                        Integer.parseInt(fields.choice("m2mThrottledStatus", List.of("429", "503"))),
                        fields.count("m2mLineActions", usual.limits.lineActions, 0, 1_000_000),
                        fields.choice("m2mAlreadyActiveBy", List.of("callback", "answer"))
                                .equals("answer")));
    }

    void writeTo(ObjectNode json) {
        json.put("m2mSeed", seed)
                .put("m2mDelayLeast", delayLeast.toString())
                .put("m2mDelayMost", delayMost.toString())
                .put("m2mFailed", ends.failed)
                .put("m2mAlreadyActive", ends.alreadyActive)
                .put("m2mStuck", ends.stuck)
                .put("m2mLost", tellings.lost)
                .put("m2mDoubled", tellings.doubled)
                .put("m2mLate", tellings.late)
                .put("m2mLateBy", tellings.lateBy.toString())
                .put("m2mContradictory", tellings.contradictory)
                .put("m2mActivatesPerMinute", limits.activatesPerMinute)
                .put("m2mThrottledStatus", Integer.toString(limits.throttledStatus))
                .put("m2mLineActions", limits.lineActions)
                .put("m2mAlreadyActiveBy", limits.alreadyActiveAtOnce ? "answer" : "callback");
    }

    private static int percent(JsonFields fields, String name) {
        return fields.count(name, 0, 0, 100);
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
