package dev.fleetline.thingspacesimulator.m2m;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.oauth.Credentials;
import dev.fleetline.thingspacesimulator.web.Json;
import dev.fleetline.thingspacesimulator.web.Spelled;
import dev.fleetline.thingspacesimulator.wire.PlatformIds;
import dev.fleetline.thingspacesimulator.wire.PlatformTimes;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * What the services say. The end of an activation is recorded; the names inside the other results of CarrierService, of NIDD and
 * the comment about a resumption are known from clients and documents; the rest is a guess at what its reader is told to expect.
 */
public final class CallbackContent {

    private static final DateTimeFormatter RESUMPTION =
            DateTimeFormatter.ofPattern("M/d/uuuu h:mm:ss a", Locale.US).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter LOCATED =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Duration SUSPENSION = Duration.ofDays(90);

    private final String imei;
    private final String iccid;
    private final String mdn;
    private final String servicePlan;
    private final String requestId;
    private final Instant now;

    /**
     * Whom a message is about.
     *
     * @param mdn its number, where the message has one
     * @param servicePlan its plan, likewise
     */
    public record Subject(String imei, String iccid, String mdn, String servicePlan) {

        /** A device of which no more is known than its ids: the rest is that of all written examples. */
        public static Subject of(String imei, String iccid) {
            return new Subject(imei, iccid, PlatformIds.mdn(imei), "m2m_4G");
        }

        @Override
        public String toString() {
            return "Subject[***]";
        }
    }

    /** About that device, as an answer to that request where it is one. */
    public CallbackContent(Subject subject, String requestId, Instant now) {
        this.imei = subject.imei();
        this.iccid = subject.iccid();
        this.mdn = subject.mdn();
        this.servicePlan = subject.servicePlan();
        this.requestId = requestId;
        this.now = now;
    }

    /** What CarrierService can have done. */
    public enum Deed implements Spelled {
        /** Put a device on the network. */
        ACTIVATE("activate"),
        /** Taken it off for good. */
        DEACTIVATE("deactivate"),
        /** Taken it off for a while. */
        SUSPEND("suspend"),
        /** Put it back. */
        RESTORE("restore"),
        /** Put another card into it. */
        CHANGE_IDENTIFIER("changeIdentifier"),
        /** Put it on another plan. */
        CHANGE_PLAN("changePlan");

        private final String spelling;

        Deed(String spelling) {
            this.spelling = spelling;
        }

        @Override
        public String spelling() {
            return spelling;
        }
    }

    /** CarrierService has done what was asked for. */
    public ObjectNode done(Deed deed) {
        ObjectNode content = aboutTheDevice();
        ObjectNode response = content.putObject("deviceResponse");
        switch (deed) {
            case ACTIVATE -> {
                ObjectNode activated = response.putObject("activateResponse");
                allIds(activated.putArray("deviceIds"));
                activated.put("servicePlan", servicePlan).put("state", "Active").put("ipAddress", "0.0.0.0");
                activated.putArray("featureCodes").add("75802");
            }
            case DEACTIVATE -> response.putObject("deactivateResponse").put("deactivated", true);
            case SUSPEND -> suspension(response.putObject("suspendResponse"));
            case RESTORE -> response.putObject("restoreResponse").put("restored", true);
            case CHANGE_IDENTIFIER -> {
                ObjectNode changed = response.putObject("changeIdentifierResponse");
                allIds(changed.putArray("deviceIds"));
                changed.put("servicePlan", servicePlan);
            }
            case CHANGE_PLAN -> response.putObject("changeServicePlanResponse").put("servicePlan", "m2m_5G");
        }
        return content.put("status", "Success");
    }

    /** A service could not do what was asked for. Kinds begin with a capital and the order is another one: so it was recorded. */
    public ObjectNode failed(String fault, String text) {
        ObjectNode content = Json.object();
        addId(addId(content.putArray("deviceIds"), iccid, "Iccid"), imei, "Imei");
        content.putObject("faultResponse")
                .put("faultcode", "UnifiedWebService." + fault)
                .put("faultstring", text);
        return content.put("status", "Failed");
    }

    /** What a service that has more to say than "done" says unasked or in answer. */
    public ObjectNode of(String service) {
        return switch (service) {
            case "DiagnosticsService" -> reachable();
            case "ResumeTrackingNotification" ->
                aboutTheDevice()
                        .put(
                                "comment",
                                "Device will be auto resumed on - " + RESUMPTION.format(now.plus(Duration.ofDays(7))));
            case "ExternalProvisioningChanges" -> changedElsewhere();
            case "NiddService" -> uplink();
            case "DeviceSuspensionStatus" -> suspensionStatus();
            case "Diagnostics" -> observed();
            case "DeviceLocation" -> located();
            case "Location" -> reportReady();
            default -> aboutTheDevice().put("status", "Success");
        };
    }

    private ObjectNode reachable() {
        ObjectNode content = aboutTheDevice();
        content.putObject("deviceResponse")
                .putObject("reachabilityResponse")
                .put("accountName", Credentials.ACCOUNT)
                .put("requestType", "REACHABLE_FOR_DATA")
                .put("reachable", "true")
                .put("occurredAt", PlatformTimes.millis(now));
        return content.put("status", "Success");
    }

    private ObjectNode changedElsewhere() {
        ObjectNode content = aboutTheDevice();
        ObjectNode change = content.putObject("deviceResponse").putObject("externalProvisioningChangeResponse");
        allIds(change.putArray("deviceIds"));
        change.put("eventType", "ServicePlanChange")
                .put("servicePlan", "m2m_5G")
                .put("state", "Active");
        return content.put("status", "Success");
    }

    /** An uplink has no status. */
    private ObjectNode uplink() {
        ObjectNode content = Json.object();
        addId(content.putArray("deviceIds"), imei, "IMEI");
        ObjectNode uplink = content.putObject("niddResponse").putObject("niddMONotificationResponse");
        uplink.put("accountName", Credentials.ACCOUNT).put("message", "c2ltdWxhdGVk");
        addId(addId(addId(uplink.putArray("deviceIds"), imei, "IMEI"), mdn, "MDN"), iccid, "ICCID");
        return content;
    }

    private ObjectNode suspensionStatus() {
        ObjectNode content = aboutTheDevice();
        ObjectNode status = content.putObject("deviceResponse").putObject("suspensionStatusResponse");
        status.put("state", "Suspended").put("suspendedOn", PlatformTimes.millis(now.minus(Duration.ofDays(1))));
        suspension(status);
        return content.put("status", "Success");
    }

    private void suspension(ObjectNode into) {
        into.put("expectedResumeDate", PlatformTimes.seconds(now.plus(SUSPENSION)))
                .put("maxSuspendDaysAllowed", 90)
                .put("numDaysSuspendAllowedCurrent12Months", 180)
                .put("numDaysSuspendedLast12Months", 0);
    }

    private ObjectNode observed() {
        ObjectNode content = Json.object()
                .put("accountName", Credentials.ACCOUNT)
                .put("transactionID", requestId)
                .put("createdOn", PlatformTimes.millis(now));
        addId(content.putArray("devices"), imei, "IMEI");
        ArrayNode attributes = content.putArray("attributes");
        attributes.addObject().put("name", "RADIO_SIGNAL_STRENGTH").put("value", "-93");
        attributes.addObject().put("name", "LINK_QUALITY").put("value", "47");
        return content;
    }

    private ObjectNode located() {
        ObjectNode content =
                Json.object().put("accountName", Credentials.ACCOUNT).put("txid", requestId);
        ObjectNode place = content.putArray("locationList").addObject().put("msid", mdn);
        place.putObject("pd")
                .put("time", LOCATED.format(now))
                .put("x", "39.00000")
                .put("y", "-77.50000")
                .put("radius", "5571")
                .put("qos", false);
        return content;
    }

    private ObjectNode reportReady() {
        return Json.object()
                .put("accountName", Credentials.ACCOUNT)
                .put("txid", requestId)
                .put("status", "COMPLETED");
    }

    private ObjectNode aboutTheDevice() {
        ObjectNode content = Json.object();
        addId(addId(content.putArray("deviceIds"), imei, "imei"), iccid, "iccid");
        return content;
    }

    private void allIds(ArrayNode ids) {
        addId(addId(addId(ids, mdn, "mdn"), imei, "imei"), iccid, "iccid");
    }

    private static ArrayNode addId(ArrayNode ids, String id, String kind) {
        ids.addObject().put("id", id).put("kind", kind);
        return ids;
    }
}
