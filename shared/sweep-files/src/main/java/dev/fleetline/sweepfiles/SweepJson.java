package dev.fleetline.sweepfiles;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.fleetline.device.DeviceId;
import dev.fleetline.device.Imei;

/** How the lines are written: what has no value is absent, times are text, unknown fields are passed over. */
final class SweepJson {

    static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
            .addMixIn(Imei.class, ImeiAsText.class)
            .addMixIn(DeviceId.class, DeviceIdAsText.class)
            .build();

    private SweepJson() {}

    private abstract static class ImeiAsText {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        ImeiAsText(String unused) {}

        @JsonValue
        abstract String digits();
    }

    private abstract static class DeviceIdAsText {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        DeviceIdAsText(String unused) {}

        @JsonValue
        abstract String value();
    }
}
