package dev.fleetline.bulkonboarding;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.fleetevents.Digest;
import dev.fleetline.fleetevents.FleetEvent.BulkOnboardingChecked;
import dev.fleetline.fleetevents.Outgoing;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.onboarding.OnboardingRequest;
import java.time.Instant;
import java.util.Optional;

/** What this function puts on the bus. */
final class BulkEvents {

    private static final int SCHEMA_VERSION = 1;

    private BulkEvents() {}

    /** What became of a file; the same content under the same name is told under the same id. */
    static Outgoing checked(Upload upload, BulkReply reply, Instant at) {
        return Outgoing.of(
                BulkOnboardingHandler.NAME,
                at,
                new BulkOnboardingChecked(
                        Digest.of("bulk", upload.key(), upload.tag(), reply.outcome()),
                        reply.file(),
                        reply.mode(),
                        reply.outcome(),
                        reply.counts(),
                        reply.reason(),
                        reply.results().report()));
    }

    /** An order, as anybody may send it; its own id tells copies apart. */
    static Outgoing requested(OnboardingRequest order, Instant at) {
        ObjectNode detail = EdgeJson.JSON
                .createObjectNode()
                .put("schemaVersion", SCHEMA_VERSION)
                .put("onboardingId", order.onboardingId())
                .put("imei", order.imei())
                .put("iccid", order.iccid());
        put(detail, "account", order.account());
        put(detail, "carrier", order.carrier());
        OnboardingRequest.Description said = order.description();
        put(detail, "name", said.name());
        put(detail, "group", said.group());
        put(detail, "site", said.site());
        put(detail, "model", said.model());
        put(detail, "servicePlan", said.servicePlan());
        put(detail, "zip", said.zip());
        put(detail, "reportingInterval", said.reportingInterval());
        return new Outgoing(
                order.onboardingId(),
                "fleetline." + BulkOnboardingHandler.NAME,
                "DeviceOnboardingRequested",
                at,
                detail.toString());
    }

    private static void put(ObjectNode detail, String field, Optional<String> value) {
        value.ifPresent(text -> detail.put(field, text));
    }
}
