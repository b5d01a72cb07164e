package dev.fleetline.applying;

import dev.fleetline.applying.CarrierWord.Activated;
import dev.fleetline.applying.CarrierWord.Deactivated;
import dev.fleetline.applying.CarrierWord.HasSim;
import dev.fleetline.applying.CarrierWord.Nothing;
import dev.fleetline.applying.CarrierWord.Refused;
import dev.fleetline.applying.CarrierWord.Restored;
import dev.fleetline.applying.CarrierWord.Suspended;
import dev.fleetline.applying.CarrierWord.ToBeResumed;
import dev.fleetline.applying.Message.Carrier;
import dev.fleetline.applying.Message.Reported;
import dev.fleetline.applying.Message.Unhandled;
import dev.fleetline.applying.Message.Unusable;
import dev.fleetline.callback.Deliveries;
import dev.fleetline.callback.Delivery;
import dev.fleetline.callback.NamedDevice;
import dev.fleetline.device.Lifecycle.Failure;
import dev.fleetline.device.Mender;
import dev.fleetline.device.Normalised;
import dev.fleetline.device.Report;
import dev.fleetline.device.WireTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads what a delivery says. What is recorded of the platform and what is assumed stands in infra/thingspace.md. */
final class ReadMessage {

    private static final String EVENT = "ts.event";
    private static final String DOCUMENT = "ts.device";
    private static final String SERVICE = "callback/";

    /** How a notice of resumption writes its time, at the end of a sentence; it names no zone. */
    private static final DateTimeFormatter RESUMPTION = DateTimeFormatter.ofPattern("M/d/uuuu h:mm:ss a", Locale.US);

    private static final Unusable NO_DEVICE = new Unusable("NO_DEVICE", "the message names no device");

    private static final Unusable ONLY_PHONE_NUMBER = new Unusable(
            "ONLY_PHONE_NUMBER", "the message names its device by a phone number alone, by which none is found");

    private static final Unusable SEVERAL_DEVICES =
            new Unusable("SEVERAL_DEVICES", "the message names several devices");

    private final Function<String, Mender> menders;

    /** With who can mend what a code of the carrier tells of. */
    ReadMessage(Function<String, Mender> menders) {
        this.menders = menders;
    }

    Message of(Delivery delivery) {
        if (delivery.isAsItCame()) {
            return new Unhandled();
        }
        String kind = delivery.kind().toLowerCase(Locale.ROOT);
        if (kind.equals(EVENT) || kind.startsWith(EVENT + ".")) {
            return event(delivery, kind);
        }
        if (delivery.source().equals(Delivery.ASKED) && kind.startsWith(DOCUMENT)) {
            return document(delivery);
        }
        return delivery.source().startsWith(SERVICE) ? calledBack(delivery) : new Unhandled();
    }

    private static Message event(Delivery delivery, String kind) {
        Optional<Map<String, Object>> data = Deliveries.data(delivery);
        if (data.isEmpty()) {
            return new Unusable("NO_DATA", "the message has no object named data");
        }
        return switch (Normalised.event(data.get(), delivery.receivedAt())) {
            case Normalised.Refused(var code, var detail) -> new Unusable(code, detail);
            // the platform writes such an event itself when somebody asks for a setting; the device's comes later
            case Normalised.Understood(var report)
            when kind.equals("ts.event.configuration")
                    && text(data.get(), "state").filter("pending"::equals).isPresent() ->
                new Carrier(Named.in(report), new Nothing());
            case Normalised.Understood(var report) -> new Reported(Named.in(report), report, Evidence.REPORT);
        };
    }

    private static Message document(Delivery delivery) {
        return switch (Normalised.document(Deliveries.message(delivery), delivery.receivedAt())) {
            case Normalised.Refused(var code, var detail) -> new Unusable(code, detail);
            case Normalised.Understood(var report) -> new Reported(Named.in(report), report, Evidence.REPORT);
        };
    }

    private Message calledBack(Delivery delivery) {
        return switch (delivery.source().substring(SERVICE.length())) {
            case "CarrierService" -> about(delivery, this::carrierService);
            case "DeviceService" -> about(delivery, ReadMessage::answer);
            case "ExternalProvisioningChanges" -> about(delivery, ReadMessage::changedElsewhere);
            case "DeviceSuspensionStatus" -> about(delivery, ReadMessage::suspensionStatus);
            case "ResumeTrackingNotification" -> about(delivery, ReadMessage::toBeResumed);
            case "DiagnosticsService" -> reachability(delivery);
            case "NiddService" -> nidd(delivery);
            default -> new Unhandled();
        };
    }

    private static Message about(Delivery delivery, Function<Map<String, Object>, CarrierWord> read) {
        Map<String, Object> message = Deliveries.message(delivery);
        return ofDevice(message, named -> new Carrier(named, read.apply(message)));
    }

    private static Message ofDevice(Map<String, Object> message, Function<Named, Message> read) {
        NamedDevice device = NamedDevice.in(message);
        if (device.isOneOfSeveral()) {
            return SEVERAL_DEVICES;
        }
        if (device.isNumberAlone()) {
            return ONLY_PHONE_NUMBER;
        }
        Named named = Named.in(device);
        return named.isNobody() ? NO_DEVICE : read.apply(named);
    }

    /**
     * It has failed when there is a fault, or when it says so; older messages have no status. One that somebody has yet to
     * approve has not failed: its last word is still to come.
     */
    private Optional<CarrierWord> failure(Map<String, Object> message) {
        Map<String, Object> fault = object(message, "faultResponse");
        boolean isFailed = message.get("faultResponse") != null
                || text(message, "status").filter("failed"::equals).isPresent();
        if (!isFailed) {
            return Optional.empty();
        }
        Optional<String> faultCode = word(fault, "faultcode");
        if (faultCode
                .filter(full -> full.matches("([^.]*\\.)?REQUEST_ONHOLD(\\..*)?"))
                .isPresent()) {
            return Optional.of(new Nothing());
        }
        String code = faultCode
                .map(full -> full.substring(full.lastIndexOf('.') + 1))
                .filter(last -> last.matches("[A-Za-z][A-Za-z0-9_]{0,99}"))
                .map(last -> last.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toUpperCase(Locale.ROOT))
                .orElse("CARRIER_REFUSED");
        // what the platform wrote is not repeated: nobody knows what is in it, and this ends on the bus
        return Optional.of(
                code.equals("DEVICE_ALREADY_ACTIVE")
                        ? new Activated()
                        : new Refused(
                                new Failure(code, "the carrier refused it: " + code, menders.apply(code)),
                                word(message, "requestId")));
    }

    private CarrierWord carrierService(Map<String, Object> message) {
        return failure(message).orElseGet(() -> {
            Map<String, Object> response = object(message, "deviceResponse");
            if (response.containsKey("activateResponse")) {
                return new Activated();
            }
            if (response.containsKey("deactivateResponse")) {
                return new Deactivated(true);
            }
            if (response.containsKey("suspendResponse")) {
                return new Suspended(resumeDate(object(response, "suspendResponse")), true);
            }
            if (response.containsKey("restoreResponse")) {
                return new Restored();
            }
            if (response.containsKey("changeIdentifierResponse")) {
                return NamedDevice.in(object(response, "changeIdentifierResponse"))
                        .onlyIccid()
                        .<CarrierWord>map(HasSim::new)
                        .orElseGet(Nothing::new);
            }
            return new Nothing();
        });
    }

    /** Whether a device may be on the network at all: nothing that is kept of it depends on that. */
    private static CarrierWord answer(Map<String, Object> message) {
        return new Nothing();
    }

    /** The last word in such a message is what the device is now. */
    private static CarrierWord changedElsewhere(Map<String, Object> message) {
        return bySaidState(object(object(message, "deviceResponse"), "externalProvisioningChangeResponse"));
    }

    private static CarrierWord suspensionStatus(Map<String, Object> message) {
        return bySaidState(object(object(message, "deviceResponse"), "suspensionStatusResponse"));
    }

    private static CarrierWord bySaidState(Map<String, Object> said) {
        return switch (text(said, "state").orElse("")) {
            case "suspend", "suspended" -> new Suspended(resumeDate(said), false);
            case "active", "restored" -> new Restored();
            case "deactive", "deactivated" -> new Deactivated(false);
            default -> new Nothing();
        };
    }

    private static CarrierWord toBeResumed(Map<String, Object> message) {
        return word(message, "comment")
                .map(comment ->
                        comment.substring(comment.lastIndexOf(" - ") + 1).replaceFirst("^- ", ""))
                .flatMap(ReadMessage::resumption)
                .<CarrierWord>map(ToBeResumed::new)
                .orElseGet(Nothing::new);
    }

    private static Optional<Instant> resumption(String text) {
        try {
            return Optional.of(LocalDateTime.parse(text.strip(), RESUMPTION).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> resumeDate(Map<String, Object> response) {
        return word(response, "expectedResumeDate").flatMap(WireTime::read);
    }

    /** That the network reaches a device is a sign of its life; that it cannot be reached, its silence will show. */
    private Message reachability(Delivery delivery) {
        Map<String, Object> message = Deliveries.message(delivery);
        Map<String, Object> response = object(object(message, "deviceResponse"), "reachabilityResponse");
        boolean isReached = failure(message).isEmpty()
                && text(response, "reachable").filter("true"::equals).isPresent();
        return isReached
                ? alive(
                        message,
                        word(response, "occurredAt")
                                .flatMap(WireTime::read)
                                .map(at -> Normalised.believable(at, delivery.receivedAt()))
                                .orElse(delivery.receivedAt()),
                        Evidence.REACHED)
                : about(delivery, ReadMessage::answer);
    }

    /** Only what a device sent says that it lives; the rest answers what we sent. */
    private static Message nidd(Delivery delivery) {
        Map<String, Object> message = Deliveries.message(delivery);
        Map<String, Object> response = object(message, "niddResponse");
        return response.containsKey("niddMONotificationResponse")
                ? alive(message, delivery.receivedAt(), Evidence.REPORT)
                : about(delivery, ReadMessage::answer);
    }

    private static Message alive(Map<String, Object> message, Instant at, Evidence evidence) {
        return ofDevice(
                message,
                named -> new Reported(
                        named,
                        new Report(
                                named.uid(),
                                named.imei(),
                                at,
                                at,
                                Map.of(),
                                Optional.empty(),
                                Optional.empty(),
                                named.iccid(),
                                false),
                        evidence));
    }

    private static Map<String, Object> object(Map<String, Object> message, String field) {
        if (!(message.get(field) instanceof Map<?, ?> object)) {
            return Map.of();
        }
        Map<String, Object> copy = new HashMap<>();
        object.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }

    private static Optional<String> word(Map<String, Object> message, String field) {
        return Optional.ofNullable(message.get(field))
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    /** As {@link #word}, in small letters; a truth as well. */
    private static Optional<String> text(Map<String, Object> message, String field) {
        return Optional.ofNullable(message.get(field))
                .filter(value -> value instanceof String || value instanceof Boolean)
                .map(value -> value.toString().strip().toLowerCase(Locale.ROOT));
    }
}
