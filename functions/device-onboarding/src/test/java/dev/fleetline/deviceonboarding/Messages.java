package dev.fleetline.deviceonboarding;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import dev.fleetline.lambda.EdgeJson;
import java.util.Optional;
import java.util.stream.IntStream;

/** Orders as the bus puts them into the queue. */
final class Messages {

    static final Imei IMEI = new Imei("999999000000014");
    static final Iccid ICCID = new Iccid("89148000009999900014");
    static final String ORDER = "order-1";

    private Messages() {}

    static String order() {
        return order(ORDER, IMEI.digits(), ICCID.digits());
    }

    static String order(String onboardingId, String imei, String iccid) {
        return event(detail(onboardingId, imei, iccid));
    }

    static ObjectNode detail(String onboardingId, String imei, String iccid) {
        return EdgeJson.JSON
                .createObjectNode()
                .put("schemaVersion", 1)
                .put("onboardingId", onboardingId)
                .put("imei", imei)
                .put("iccid", iccid);
    }

    /** An order of the n-th device with the n-th SIM, on M2M and under this plan. */
    static String line(int n, String servicePlan) {
        return event(detail("order-" + n, imei(n).digits(), iccid(n).digits())
                .put("carrier", "m2m")
                .put("servicePlan", servicePlan)
                .put("zip", "98801"));
    }

    static String event(ObjectNode detail) {
        ObjectNode envelope = EdgeJson.JSON
                .createObjectNode()
                .put("source", "onboarding.example.test")
                .put("detail-type", "DeviceOnboardingRequested");
        envelope.set("detail", detail);
        return envelope.toString();
    }

    /** The n-th synthetic device, n under 100. */
    static Imei imei(int n) {
        return Imei.parse("%014d".formatted(99_999_900_000_000L + n));
    }

    /** The n-th synthetic SIM, n under 100. */
    static Iccid iccid(int n) {
        return IntStream.range(0, 10)
                .mapToObj(check -> iccid("891480000099999%04d%d".formatted(n, check)))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow();
    }

    private static Optional<Iccid> iccid(String digits) {
        try {
            return Optional.of(new Iccid(digits));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
