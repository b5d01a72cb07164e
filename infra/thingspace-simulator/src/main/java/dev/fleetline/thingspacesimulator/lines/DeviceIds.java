package dev.fleetline.thingspacesimulator.lines;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.m2m.M2mErrors;
import dev.fleetline.thingspacesimulator.web.Json;
import dev.fleetline.thingspacesimulator.web.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a call says about which device, in the caller's order and spelling. */
record DeviceIds(List<Id> ids) {

    DeviceIds {
        ids = List.copyOf(ids);
    }

    /** The kinds of identifiers and what they look like; a check digit is the caller's affair. */
    enum Kind {
        IMEI("\\d{14,16}"),
        ICCID("\\d{18,20}"),
        MDN("\\d{10}"),
        MSISDN("\\d{11,15}"),
        IMSI("\\d{14,15}"),
        MEID("\\p{XDigit}{14}|\\d{18}"),
        ESN("\\d{11}|\\p{XDigit}{8}"),
        EID("\\d{32}");

        private final Pattern form;

        Kind(String form) {
            this.form = Pattern.compile(form);
        }

        static Kind of(String sent) {
            return Arrays.stream(values())
                    .filter(kind -> kind.name().equalsIgnoreCase(sent))
                    .findFirst()
                    .orElseThrow(Refused.WRONG_KIND::refusal);
        }
    }

    /**
     * One identifier.
     *
     * @param spelledKind as the caller spells it, and is told it
     */
    record Id(String id, Kind kind, String spelledKind) {

        static Id in(JsonNode node) {
            JsonNode id = node.path("id");
            JsonNode kind = node.path("kind");
            if (!id.isTextual() || !kind.isTextual()) {
                throw new Refusal(M2mErrors.unreadable("A device identifier has an id and a kind, both strings."));
            }
            return new Id(id.asText(), Kind.of(kind.asText()), kind.asText());
        }

        boolean isWellFormed() {
            return kind.form.matcher(id).matches();
        }

        @Override
        public String toString() {
            return "Id[***, " + kind + "]";
        }
    }

    /** Those of an entry in a list of devices. */
    static DeviceIds in(ObjectNode device) {
        List<Id> ids = new ArrayList<>();
        device.path("deviceIds").forEach(id -> ids.add(Id.in(id)));
        if (ids.isEmpty()) {
            throw new Refusal(M2mErrors.unreadable("The element deviceIds is missing."));
        }
        return new DeviceIds(ids);
    }

    boolean areWellFormed() {
        return ids.stream().allMatch(Id::isWellFormed);
    }

    Optional<String> the(Kind kind) {
        return ids.stream().filter(id -> id.kind() == kind).map(Id::id).findFirst();
    }

    ArrayNode toJson() {
        return Json.array(ids.stream()
                .map(id -> Json.object().put("id", id.id()).put("kind", id.spelledKind()))
                .toList());
    }
}
