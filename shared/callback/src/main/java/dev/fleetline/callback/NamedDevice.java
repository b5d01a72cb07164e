package dev.fleetline.callback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.device.DeviceId;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * By which ids a message names its device. What it is kept under and whom it is applied to is read here, so both are
 * the same one. What is no such id is passed over.
 */
public final class NamedDevice {

    private static final Pattern MDN = Pattern.compile("[0-9]{10,15}");

    /** Kinds in the order in which one is preferred. */
    private enum Kind {
        UID,
        IMEI,
        ICCID,
        MDN
    }

    private record Id(Kind kind, String value) {}

    /** Of each kind the smallest first, so that the order in which they are named does not matter. */
    private final List<Id> ids;

    private NamedDevice(List<Id> found) {
        this.ids = found.stream()
                .distinct()
                .sorted(Comparator.comparing(Id::kind).thenComparing(Id::value))
                .toList();
    }

    /** Of a stream event: by its fields, and by the IMEI with which the platform begins its transaction ids. */
    static NamedDevice ofEvent(JsonNode data) {
        List<Id> found = new ArrayList<>();
        fields(data, found);
        PlatformJson.text(data, "transactionid")
                .map(id -> id.replaceFirst("-.*", ""))
                .flatMap(imei -> id("imei", imei))
                .ifPresent(found::add);
        return new NamedDevice(found);
    }

    /** Of a device's document: by its own id, and by its other fields. */
    static NamedDevice ofDocument(ObjectNode document) {
        List<Id> found = new ArrayList<>();
        PlatformJson.text(document, "id").flatMap(id -> id("uid", id)).ifPresent(found::add);
        fields(document, found);
        return new NamedDevice(found);
    }

    /** Of a service's message: by its {@code deviceIds}, and where these lead to no device, by any id that it names. */
    static NamedDevice ofCallback(JsonNode message) {
        List<Id> found = new ArrayList<>();
        collect(message.path("deviceIds"), found);
        if (found.stream().allMatch(id -> id.kind() == Kind.MDN)) {
            collect(message, found);
        }
        return new NamedDevice(found);
    }

    /** Of a service's message, or of an object in it that says of itself whose it is. */
    public static NamedDevice in(Map<String, Object> message) {
        return ofCallback(PlatformJson.tree(message));
    }

    /** Under what its deliveries are kept. */
    Optional<String> key() {
        return ids.stream().findFirst().map(id -> id.kind().name().toLowerCase(Locale.ROOT) + "#" + id.value());
    }

    /** The platform's id. */
    public Optional<DeviceId> uid() {
        return all(Kind.UID).findFirst().map(DeviceId::new);
    }

    /** Its IMEI. */
    public Optional<Imei> imei() {
        return all(Kind.IMEI).findFirst().map(Imei::new);
    }

    /** The number of its SIM, one of them where it names several. */
    public Optional<Iccid> iccid() {
        return all(Kind.ICCID).findFirst().map(Iccid::new);
    }

    /** The number of the one SIM that it names; empty when it names several, such as the old and the new one. */
    public Optional<Iccid> onlyIccid() {
        return iccid().filter(_ -> all(Kind.ICCID).count() == 1);
    }

    /** Whether it has a phone number and nothing else that leads to it. */
    public boolean isNumberAlone() {
        return !ids.isEmpty() && ids.getFirst().kind() == Kind.MDN;
    }

    /** Whether the message names others as well; several SIMs may be in one device after each other. */
    public boolean isOneOfSeveral() {
        return all(Kind.UID).count() > 1
                || all(Kind.IMEI).count() > 1
                || (uid().isEmpty() && imei().isEmpty() && all(Kind.ICCID).count() > 1);
    }

    private Stream<String> all(Kind kind) {
        return ids.stream().filter(id -> id.kind() == kind).map(Id::value);
    }

    private static void collect(JsonNode node, List<Id> found) {
        if (isWord(node.path("id")) && node.path("kind").isTextual()) {
            String kind = node.path("kind").textValue();
            id(kind, text(kind, node.path("id"))).ifPresent(found::add);
        }
        fields(node, found);
        for (JsonNode child : node) {
            collect(child, found);
        }
    }

    private static void fields(JsonNode node, List<Id> found) {
        node.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (isWord(value)) {
                id(field.getKey(), text(field.getKey(), value)).ifPresent(found::add);
            }
        });
    }

    private static boolean isWord(JsonNode value) {
        return value.isTextual() || value.isIntegralNumber();
    }

    /** An IMEI that is written as a number has lost its leading zeros. */
    private static String text(String kind, JsonNode value) {
        return value.isNumber() && kind.equalsIgnoreCase("imei")
                ? String.format(Locale.ROOT, "%015d", value.bigIntegerValue())
                : value.asText();
    }

    private static Optional<Id> id(String kind, String text) {
        String value = text.strip();
        try {
            return switch (kind.toLowerCase(Locale.ROOT)) {
                case "deviceid", "uid" ->
                    Optional.of(new Id(Kind.UID, DeviceId.parse(value).value()));
                case "imei" -> Optional.of(new Id(Kind.IMEI, Imei.parse(value).digits()));
                case "iccid" ->
                    Optional.of(new Id(Kind.ICCID, Iccid.parse(value).digits()));
                case "mdn" -> Optional.of(value).filter(MDN.asMatchPredicate()).map(digits -> new Id(Kind.MDN, digits));
                default -> Optional.empty();
            };
        } catch (IllegalArgumentException noSuchId) {
            return Optional.empty();
        }
    }
}
