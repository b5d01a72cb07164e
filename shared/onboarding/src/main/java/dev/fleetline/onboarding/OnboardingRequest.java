package dev.fleetline.onboarding;

import java.util.Optional;

/** An order as it was sent: every field has its type, and nothing else is known about it. */
public record OnboardingRequest(
        String onboardingId,
        String imei,
        String iccid,
        Optional<String> account,
        Optional<String> carrier,
        Description description) {

    /** What may be said about the device besides. */
    public record Description(
            Optional<String> name,
            Optional<String> group,
            Optional<String> site,
            Optional<String> model,
            Optional<String> servicePlan,
            Optional<String> zip,
            Optional<String> reportingInterval) {}

    /** Without what identifies a device, a subscriber or a person. */
    @Override
    public String toString() {
        return "OnboardingRequest[" + onboardingId + "]";
    }
}
