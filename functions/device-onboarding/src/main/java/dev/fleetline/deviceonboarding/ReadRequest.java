package dev.fleetline.deviceonboarding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.onboarding.OnboardingRequest;
import dev.fleetline.onboarding.OnboardingRequest.Description;
import java.util.Optional;

/**
 * Reads a message of the queue: the envelope of the bus with an order as its detail. Is strict about types, so that a
 * sender's mistake is found here and not at the carrier; what it says about a mistake never has a value in it.
 */
final class ReadRequest {

    private static final String DETAIL_TYPE = "DeviceOnboardingRequested";
    private static final int SCHEMA_VERSION = 1;

    private ReadRequest() {}

    /** What a message turned out to be. */
    sealed interface Reading {
        record Request(OnboardingRequest request) implements Reading {}

        /** Nobody can act on it. */
        record Unreadable(String reason) implements Reading {}
    }

    static Reading from(String body) {
        try {
            return new Reading.Request(request(detail(EdgeJson.JSON.readTree(body))));
        } catch (JsonProcessingException e) {
            return new Reading.Unreadable("the message is not JSON; it must be an event as the bus delivers it");
        } catch (Malformed e) {
            return new Reading.Unreadable(e.reason);
        }
    }

    private static JsonNode detail(JsonNode envelope) throws Malformed {
        if (!envelope.isObject()) {
            throw new Malformed("the message is no JSON object; it must be an event as the bus delivers it");
        }
        if (!envelope.path("detail-type").asText("").equals(DETAIL_TYPE)) {
            throw new Malformed("field detail-type must be " + DETAIL_TYPE + "; the rule of the queue lets others in");
        }
        JsonNode detail = envelope.path("detail");
        if (!detail.isObject()) {
            throw new Malformed("field detail must be a JSON object");
        }
        return detail;
    }

    private static OnboardingRequest request(JsonNode detail) throws Malformed {
        JsonNode version = detail.path("schemaVersion");
        if (!version.isIntegralNumber() || version.asLong() != SCHEMA_VERSION) {
            throw new Malformed("field detail.schemaVersion must be the number " + SCHEMA_VERSION);
        }
        return new OnboardingRequest(
                required(detail, "onboardingId"),
                required(detail, "imei"),
                required(detail, "iccid"),
                optional(detail, "account"),
                optional(detail, "carrier"),
                new Description(
                        optional(detail, "name"),
                        optional(detail, "group"),
                        optional(detail, "site"),
                        optional(detail, "model"),
                        optional(detail, "servicePlan"),
                        optional(detail, "zip"),
                        optional(detail, "reportingInterval")));
    }

    private static String required(JsonNode detail, String field) throws Malformed {
        return optional(detail, field)
                .orElseThrow(() -> new Malformed("field detail." + field + " is missing; every order must have it"));
    }

    private static Optional<String> optional(JsonNode detail, String field) throws Malformed {
        JsonNode value = detail.path(field);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new Malformed("field detail." + field + " must be text; leave it out if it has no value");
        }
        return Optional.of(value.asText().strip()).filter(text -> !text.isEmpty());
    }

    /** Leaves the reading of a message in the middle. */
    private static final class Malformed extends Exception {
        private final String reason;

        Malformed(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }
    }
}
