package dev.fleetline.fleetevents;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that happened in the fleet, named in the past tense.
 *
 * <p>The components of each record are the fields of the event's {@code detail}; a field without a value is absent on
 * the wire, never null. {@code eventId} is a digest of what happened, so the same happening published twice can be
 * told apart from two happenings. The schema of each event is in {@code events/schemas/<detail-type>.json}.
 */
public sealed interface FleetEvent {

    /** Version of the schemas that these records follow; stands in every detail as {@code schemaVersion}. */
    int SCHEMA_VERSION = 1;

    String eventId();

    /** The {@code detail-type} on the bus, by which rules choose. */
    default String detailType() {
        return getClass().getSimpleName();
    }

    /** What is written as {@code detail}; the record itself except where several events share one detail. */
    default Object detail() {
        return this;
    }

    /** The carrier's platform holds a record of the device; {@code uid} is the id that it gave, once that is known. */
    record DeviceRegistered(
            String eventId,
            String onboardingId,
            String imei,
            String iccid,
            Optional<String> uid,
            String account,
            String carrier)
            implements FleetEvent {}

    /** The carrier accepted the one activation of this order; that it worked, a report will say. */
    record DeviceActivationRequested(
            String eventId, String onboardingId, String imei, Optional<String> uid, Optional<String> requestId)
            implements FleetEvent {}

    /** The device is active: it reported, or the carrier says so. {@code evidence} is {@code report} or {@code carrier}. */
    record DeviceActivated(
            String eventId,
            Optional<String> onboardingId,
            String imei,
            Optional<String> uid,
            String evidence,
            Instant at)
            implements FleetEvent {}

    /**
     * An order ended without a device in service; {@code faults} names every rule that was broken.
     *
     * @param mender who can mend it: {@code SENDER}, {@code OPERATIONS}, {@code CARRIER}, {@code FIELD}
     */
    record DeviceOnboardingFailed(
            String eventId,
            String onboardingId,
            Optional<String> imei,
            String code,
            String reason,
            Optional<String> mender,
            List<Fault> faults)
            implements FleetEvent {}

    /**
     * The device was ordered before, and this is what has become of that order. Nothing was done for this one.
     *
     * @param onboardingId of the order that is told so
     * @param firstOnboardingId of the order that has the device; the same when this is a copy of an order that had it and
     *     ended before another one
     * @param state of the device, {@code IN_SERVICE}; of such a copy the one that its order ended in
     */
    record DeviceOrderedAlready(
            String eventId,
            String onboardingId,
            String imei,
            String firstOnboardingId,
            String state,
            Instant since,
            Optional<String> code)
            implements FleetEvent {}

    /**
     * An order takes long, is stuck, or is parked: a person should look. It is not over.
     *
     * @param code {@code TAKES_LONG}, {@code STUCK}, {@code LINE_BUDGET}, {@code UNCLEAR}
     * @param until when it goes on by itself, if it does
     */
    record DeviceOnboardingStuck(
            String eventId,
            String onboardingId,
            String imei,
            String state,
            String code,
            String reason,
            Instant orderedAt,
            Optional<Instant> until,
            String fix)
            implements FleetEvent {}

    /**
     * What the carrier holds of a device is not what we held.
     *
     * @param code {@code OTHER_SIM}, {@code MISSING}, {@code ACTIVE}: we hold it deactivated or its order failed, {@code
     *     NOT_ACTIVE}: and it has not reported, {@code SUSPENDED}, {@code DEACTIVATED}, {@code ENDING}: its line will be
     *     deactivated and its number lost
     * @param held what we held, {@code found} what the carrier does, in words and without ids
     */
    record DeviceDrifted(String eventId, String imei, String code, String held, String found, Instant at, String fix)
            implements FleetEvent {}

    /**
     * A person took the device out of the fleet: its order, if it was under way, is over, and its SIM is free.
     *
     * @param state that it was in before, {@code PARKED}
     * @param by the person, and {@code reason} why
     */
    record DeviceRetired(
            String eventId, String onboardingId, String imei, String state, String by, String reason, Instant at)
            implements FleetEvent {}

    /**
     * An order for a device, as an onboarding system sends it, sent by us: a row of a file, or an order that goes on.
     * What is left out comes from the deployment.
     *
     * @param reportingInterval ISO 8601, {@code PT4H}
     */
    record DeviceOnboardingRequested(
            String eventId,
            String onboardingId,
            String imei,
            String iccid,
            Optional<String> account,
            Optional<String> carrier,
            Optional<String> name,
            Optional<String> group,
            Optional<String> site,
            Optional<String> model,
            Optional<String> servicePlan,
            Optional<String> zip,
            Optional<String> reportingInterval)
            implements FleetEvent {}

    /** One broken rule of an order: the field, the rule in words, and what to do. */
    record Fault(String field, String rule, String fix) {}

    /** A realm has a new token; {@code versionId} is its version in the secret. */
    record TokenRefreshed(
            String eventId, String realm, String secret, String versionId, Instant obtainedAt, Instant expiresAt)
            implements FleetEvent {}

    /** A renewal was tried and did not work; the old token ends at {@code endsAt}, where there is one. */
    record TokenRefreshFailed(
            String eventId,
            String realm,
            String secret,
            String code,
            String reason,
            Optional<Instant> endsAt,
            String fix)
            implements FleetEvent {}

    /** Only a person can renew this token, by authorising again before {@code endsAt}. */
    record TokenReauthorizationNeeded(
            String eventId, String realm, String secret, Optional<Instant> endsAt, String reason)
            implements FleetEvent {}

    /** The platform refused this version of a token; whoever refreshes does nothing if a newer one is current. */
    record TokenRejected(String eventId, String realm, String secret, String versionId) implements FleetEvent {}

    /**
     * By a stream or a listener nothing reaches us, though it should; told once until it is repaired, or its code changes.
     *
     * @param stream {@code core/ts.event}, {@code callback/CarrierService}
     * @param since when it was last known to be well
     */
    record StreamBroken(String eventId, String stream, String code, String reason, Instant since, String fix)
            implements FleetEvent {}

    /** What {@link StreamBroken} told of is over. */
    record StreamRepaired(String eventId, String stream, Instant at) implements FleetEvent {}

    /** A delivery could not be applied and was set aside with a reason code and the error in words. */
    record CallbackQuarantined(
            String eventId,
            String deliveryId,
            String device,
            String kind,
            String reason,
            String error,
            Instant receivedAt)
            implements FleetEvent {}

    /**
     * A spreadsheet of orders was read to its end, or refused.
     *
     * @param mode {@code check}, or {@code apply} when its good rows were ordered
     * @param outcome {@code complete}, {@code partly}, {@code nothing}, or {@code refused} for {@code reason}
     * @param report where its findings are, line by line
     */
    record BulkOnboardingChecked(
            String eventId,
            String file,
            String mode,
            String outcome,
            BulkCounts counts,
            Optional<String> reason,
            Optional<String> report)
            implements FleetEvent {}

    /** What became of the rows of a spreadsheet, or would become of them; all but {@code rows} add up to it. */
    record BulkCounts(
            int rows,
            int ordered,
            int inService,
            int orderedAlready,
            int faulty,
            int duplicates,
            int conflicts,
            int unsent) {}

    /**
     * A pass over the fleet ended; counts say what it saw and did.
     *
     * @param kind {@code fleet}: everything; {@code overdue}: what was due
     * @param faults our own faults that were found, {@code platform#core}: while there is one that is no listener's, no
     *     loss is told
     * @param suspect so much of the fleet was lost at once that the cause is hardly the devices'
     * @param files the folder in which the pass's files are
     */
    record HealthSweepCompleted(
            String eventId,
            String sweepId,
            String kind,
            Instant startedAt,
            int seconds,
            Coverage coverage,
            AlertCounts alerts,
            Verification verification,
            List<String> faults,
            boolean suspect,
            String files)
            implements FleetEvent {}

    /**
     * How much of the fleet a pass judged; {@code ratio} is judged by active, 1 when nothing is active.
     *
     * @param reasons why devices were skipped, and how many: {@code UNREADABLE}, {@code KEEPS_CHANGING}, {@code FAILED}
     * @param failedSegments parts of the fleet of which nothing is known
     * @param complete whether enough was judged to conclude anything about sites and the fleet
     */
    record Coverage(
            int judged,
            int active,
            int skipped,
            Map<String, Integer> reasons,
            int failedSegments,
            double ratio,
            boolean complete) {
        public Coverage {
            reasons = Map.copyOf(reasons);
        }
    }

    /** What a pass did to alerts: begun, unchanged, worse, better, ended; and how many were kept from being told. */
    record AlertCounts(int raised, int still, int worse, int better, int cleared, int suppressed) {}

    /**
     * What a pass did before it told of losses.
     *
     * @param lost devices that were found lost
     * @param asked of how many of them the carrier was asked
     * @param unverified of how many it should have been asked and was not: told all the same, as not verified
     * @param missedReports how many had reported to the carrier, and not to us
     */
    record Verification(int lost, int asked, int unverified, int missedReports) {}

    /**
     * A change in the life of an alert; {@code about} is the first word of the detail-type ({@code Device}, {@code Site}
     * ...), {@code word} the last one ({@code Raised} ...).
     */
    record AlertChanged(About about, Word word, AlertDetail detail) implements FleetEvent {
        @Override
        public String eventId() {
            return detail.eventId();
        }

        @Override
        public String detailType() {
            return about.spelled() + "Alert" + word.spelled();
        }
    }

    /** What an alert is about. */
    enum About {
        DEVICE("Device"),
        SITE("Site"),
        CELL("Cell"),
        FLEET("Fleet"),
        PLATFORM("Platform");

        private final String spelled;

        About(String spelled) {
            this.spelled = spelled;
        }

        String spelled() {
            return spelled;
        }
    }

    /** What became of an alert. */
    enum Word {
        RAISED("Raised"),
        ESCALATED("Escalated"),
        EASED("Eased"),
        REMINDED("Reminded"),
        ACKNOWLEDGED("Acknowledged"),
        SNOOZED("Snoozed"),
        CLEARED("Cleared"),
        FLAPPING("Flapping");

        private final String spelled;

        Word(String spelled) {
            this.spelled = spelled;
        }

        String spelled() {
            return spelled;
        }

        /** Whether an alert about this can say so: only a device's readings come and go often enough to flap. */
        public boolean isSaidOf(About about) {
            return this != FLAPPING || about == About.DEVICE;
        }
    }
}
