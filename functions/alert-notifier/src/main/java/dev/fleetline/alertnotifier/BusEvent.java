package dev.fleetline.alertnotifier;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;

/**
 * An event as EventBridge delivers it, with the fields that we use.
 *
 * @param id EventBridge's own, another one each time that the same happening is published
 */
record BusEvent(String id, @JsonProperty("detail-type") String detailType, JsonNode detail) {

    /** Whether nothing is missing: what reads JSON leaves out what is not there. */
    boolean isWhole() {
        return Objects.nonNull(id) && Objects.nonNull(detailType) && Objects.nonNull(detail) && detail.isObject();
    }
}
