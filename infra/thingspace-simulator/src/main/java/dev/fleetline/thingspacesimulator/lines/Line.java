package dev.fleetline.thingspacesimulator.lines;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.m2m.CallbackContent.Subject;
import dev.fleetline.thingspacesimulator.oauth.Credentials;
import dev.fleetline.thingspacesimulator.web.Json;
import dev.fleetline.thingspacesimulator.wire.PlatformTimes;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** One device of the account. Belongs to the book it is in, and is only touched under the book's lock. */
final class Line {

    private final long deviceId;
    private final String imei;
    private final Instant createdAt;
    private Optional<String> iccid;
    private Optional<String> mdn = Optional.empty();
    private Optional<String> servicePlan = Optional.empty();
    private String groupName = "Default";
    private Map<String, String> customFields = Map.of();
    private LineState state = LineState.PREACTIVE;
    private boolean connected;
    private Optional<Instant> lastActivation = Optional.empty();
    private Optional<Instant> lastConnection = Optional.empty();

    Line(long deviceId, String imei, Optional<String> iccid, Instant createdAt) {
        this.deviceId = deviceId;
        this.imei = imei;
        this.iccid = iccid;
        this.createdAt = createdAt;
    }

    long deviceId() {
        return deviceId;
    }

    String imei() {
        return imei;
    }

    Optional<String> iccid() {
        return iccid;
    }

    Optional<String> mdn() {
        return mdn;
    }

    LineState state() {
        return state;
    }

    String groupName() {
        return groupName;
    }

    Optional<String> servicePlan() {
        return servicePlan;
    }

    Optional<String> the(DeviceIds.Kind kind) {
        return switch (kind) {
            case IMEI -> Optional.of(imei);
            case ICCID -> iccid;
            case MDN -> mdn;
            case MSISDN, IMSI, MEID, ESN, EID -> Optional.empty();
        };
    }

    void take(Terms terms) {
        servicePlan = terms.servicePlan().or(() -> servicePlan);
        groupName = terms.groupName().orElse(groupName);
        customFields = terms.customFields().isEmpty() ? customFields : terms.customFields();
    }

    void use(String otherIccid) {
        iccid = Optional.of(otherIccid);
    }

    void become(LineState next) {
        state = next;
        connected = connected && next == LineState.ACTIVE;
    }

    void activate(String number, Instant at) {
        become(LineState.ACTIVE);
        mdn = Optional.of(number);
        lastActivation = Optional.of(at);
    }

    /** The number is the platform's again. */
    void deactivate() {
        become(LineState.DEACTIVE);
        mdn = Optional.empty();
    }

    void connect(boolean on, Instant at) {
        connected = on;
        lastConnection = on ? Optional.of(at) : lastConnection;
    }

    Subject subject() {
        return new Subject(imei, iccid.orElse(""), mdn.orElse(""), servicePlan.orElse(""));
    }

    /**
     * As a list has it.
     *
     * @param wasAskedFor whether it is the one device that was asked for, which is told with more
     */
    ObjectNode toJson(Instant now, boolean wasAskedFor) {
        ObjectNode json = Json.object()
                .put("accountName", Credentials.ACCOUNT)
                .put("billingCycleEndDate", PlatformTimes.billingCycleEnd(now));
        ObjectNode carrier = json.putArray("carrierInformations").addObject().put("carrierName", "Verizon Wireless");
        servicePlan.ifPresent(plan -> carrier.put("servicePlan", plan));
        carrier.put("state", state.spelling());
        json.put("connected", connected).put("createdAt", PlatformTimes.office(createdAt));
        ArrayNode ids = json.putArray("deviceIds");
        mdn.ifPresent(number -> ids.addObject().put("id", number).put("kind", "mdn"));
        ids.addObject().put("id", imei).put("kind", "imei");
        iccid.ifPresent(card -> ids.addObject().put("id", card).put("kind", "iccid"));
        json.putArray("groupNames").add(groupName);
        json.put("ipAddress", "0.0.0.0");
        lastActivation.ifPresent(
                at -> json.put("lastActivationBy", "Sim User").put("lastActivationDate", PlatformTimes.office(at)));
        lastConnection.ifPresent(at -> json.put("lastConnectionDate", PlatformTimes.office(at)));
        json.putArray("extendedAttributes").addObject().put("key", "DeviceId").put("value", Long.toString(deviceId));
        if (wasAskedFor) {
            ArrayNode fields = json.putArray("customFields");
            customFields.forEach(
                    (name, value) -> fields.addObject().put("key", name).put("value", value));
        }
        return json;
    }
}
