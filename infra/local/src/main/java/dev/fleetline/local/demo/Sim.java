package dev.fleetline.local.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;

/** A made-up device with its card. */
record Sim(String imei, String iccid) {

    /** The event that has it onboarded. */
    ObjectNode order(String onboardingId) {
        ObjectNode event = EdgeJson.JSON
                .createObjectNode()
                .put("source", "example.shop")
                .put("detail-type", "DeviceOnboardingRequested");
        event.putObject("detail")
                .put("schemaVersion", 1)
                .put("onboardingId", onboardingId)
                .put("imei", imei)
                .put("iccid", iccid)
                .put("name", "Demo " + onboardingId)
                .put("reportingInterval", "PT4H");
        return event;
    }
}
