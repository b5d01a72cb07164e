package dev.fleetline.thingspacesimulator.control;

import dev.fleetline.thingspacesimulator.devices.DeviceBook;
import dev.fleetline.thingspacesimulator.devices.LedStage;
import dev.fleetline.thingspacesimulator.lines.LineBook;
import dev.fleetline.thingspacesimulator.lines.LineBook.Edit;
import dev.fleetline.thingspacesimulator.lines.LineState;
import dev.fleetline.thingspacesimulator.web.Answer;
import dev.fleetline.thingspacesimulator.web.Call;
import dev.fleetline.thingspacesimulator.web.Json;
import dev.fleetline.thingspacesimulator.web.JsonFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the control API does with devices: M2M's as somebody does in the portal, Core's as somebody does who stands beside. */
final class DeviceControl {

    private final DeviceBook devices;
    private final LineBook lines;

    DeviceControl(DeviceBook devices, LineBook lines) {
        this.devices = devices;
        this.lines = lines;
    }

    /** Edits a device of the M2M account behind everybody's back. */
    Answer edit(Call call) {
        JsonFields fields = JsonFields.of(call, Set.of("imei", "state", "iccid", "remove", "connected", "inDatabase"));
        String imei = imei(fields);
        List<Edit> edits = edits(fields);
        if (edits.isEmpty() && !fields.has("inDatabase")) {
            throw JsonFields.badRequest(
                    "say what is edited: \"state\", \"iccid\", \"connected\", \"remove\" or \"inDatabase\"");
        }
        if (fields.has("inDatabase")) {
            lines.hearOf(imei, fields.flag("inDatabase", true));
        }
        for (Edit edit : edits) {
            if (!lines.edit(imei, edit)) {
                return error(
                        409,
                        "not_possible",
                        "no device with this imei is in the M2M account, or the card is in another one");
            }
        }
        return lines.view(imei)
                .map(view -> Answer.json(200, view))
                .orElseGet(() -> Answer.json(200, Json.object().put("imei", imei)));
    }

    private static List<Edit> edits(JsonFields fields) {
        List<Edit> edits = new ArrayList<>();
        if (fields.has("state")) {
            edits.add(new Edit.State(fields.choice("state", LineState.ACTIVE)));
        }
        fields.textOrNumber("iccid").ifPresent(iccid -> {
            if (!iccid.matches("\\d{18,20}")) {
                throw JsonFields.badRequest("\"iccid\" says which card, in 18 to 20 digits");
            }
            edits.add(new Edit.Sim(iccid));
        });
        if (fields.has("connected")) {
            edits.add(new Edit.Connection(fields.flag("connected", true)));
        }
        if (fields.flag("remove", false)) {
            edits.add(new Edit.Removal());
        }
        return edits;
    }

    /** One device of the M2M account, and what the platform did for it. */
    Answer line(Call call) {
        return lines.view(asked(call))
                .map(view -> Answer.json(200, view))
                .orElseGet(() -> error(404, "not_found", "the M2M account never had to do with this imei"));
    }

    /** Sets the light of one of Core's devices. */
    Answer setLed(Call call) {
        JsonFields fields = JsonFields.of(call, Set.of("imei", "led"));
        String imei = imei(fields);
        if (!fields.has("led")) {
            throw JsonFields.badRequest("\"led\" says what the light shows: factory, charging, searching or idle");
        }
        devices.setLed(imei, fields.choice("led", LedStage.IDLE));
        return Answer.json(200, devices.view(imei));
    }

    /** One of Core's devices, and what the platform did for it. */
    Answer device(Call call) {
        return Answer.json(200, devices.view(asked(call)));
    }

    /** In the query, because paths are logged. */
    private static String asked(Call call) {
        return checked(call.query("imei"));
    }

    private static String imei(JsonFields fields) {
        return checked(fields.textOrNumber("imei"));
    }

    private static String checked(Optional<String> imei) {
        return imei.filter(digits -> digits.matches("\\d{15}"))
                .orElseThrow(() -> JsonFields.badRequest("\"imei\" says which device, in 15 digits"));
    }

    private static Answer error(int status, String error, String description) {
        return Answer.json(status, Json.object().put("error", error).put("error_description", description));
    }
}
