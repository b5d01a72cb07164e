package dev.fleetline.streamsubscription;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Why the function was woken; told apart by {@code task}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "task")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SubscriptionTask.Repair.class, name = "repair"),
    @JsonSubTypes.Type(value = SubscriptionTask.Nightly.class, name = "nightly"),
    @JsonSubTypes.Type(value = SubscriptionTask.DryRun.class, name = "dry-run"),
    @JsonSubTypes.Type(value = SubscriptionTask.Watch.class, name = "watch"),
    @JsonSubTypes.Type(value = SubscriptionTask.Refreshed.class, name = "refreshed"),
    @JsonSubTypes.Type(value = SubscriptionTask.TearDown.class, name = "tear-down")
})
public sealed interface SubscriptionTask {

    /** By hand: make everything as it should be, even after a tear-down. */
    record Repair() implements SubscriptionTask {}

    /** By the schedule: the same, but nothing after a tear-down. */
    record Nightly() implements SubscriptionTask {}

    /** By hand: say what a repair would do. */
    record DryRun() implements SubscriptionTask {}

    /** Every quarter of an hour: is anything broken, is anybody silent? */
    record Watch() implements SubscriptionTask {}

    /** A realm has a new token; {@code event} is the detail of TokenRefreshed. */
    record Refreshed(NewToken event) implements SubscriptionTask {}

    /** By hand alone: delete all that is ours on the platform. */
    record TearDown() implements SubscriptionTask {}

    /** Whose token is new. */
    record NewToken(String realm) {

        public NewToken {
            if (realm == null) {
                throw new IllegalArgumentException(
                        "TokenRefreshed needs realm: see events/schemas/TokenRefreshed.json");
            }
        }
    }
}
