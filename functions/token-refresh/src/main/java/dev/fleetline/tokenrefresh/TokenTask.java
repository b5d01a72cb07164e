package dev.fleetline.tokenrefresh;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Why the function was woken; told apart by {@code task}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "task")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TokenTask.Refresh.class, name = "refresh"),
    @JsonSubTypes.Type(value = TokenTask.Rejected.class, name = "rejected")
})
public sealed interface TokenTask {

    /** The schedule's tick: renew what is about to end. */
    record Refresh() implements TokenTask {}

    /** Somebody's token was refused; {@code event} is the detail of TokenRejected. */
    record Rejected(Refusal event) implements TokenTask {}

    /** Which version of which realm's token the platform refused. */
    record Refusal(String realm, String versionId) {

        public Refusal {
            if (realm == null || versionId == null) {
                throw new IllegalArgumentException(
                        "TokenRejected needs realm and versionId: see events/schemas/TokenRejected.json");
            }
        }
    }
}
