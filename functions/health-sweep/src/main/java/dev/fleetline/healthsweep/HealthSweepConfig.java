package dev.fleetline.healthsweep;

import static java.util.Objects.requireNonNull;

import dev.fleetline.device.HealthSettings;
import dev.fleetline.healthsettings.HealthSettingsReader;
import dev.fleetline.lambda.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a deployment sets for this function.
 *
 * @param account whose devices they are, for what is told of more than one
 * @param runbooks the address under which {@code <CONDITION>.md} is found
 */
record HealthSweepConfig(
        Stores stores,
        String busName,
        String account,
        String runbooks,
        HealthSettings health,
        Manners manners,
        Platforms platforms,
        List<String> streams) {

    private static final String NAME = "[A-Za-z][A-Za-z0-9.-]*";

    HealthSweepConfig {
        requireNonNull(stores, "stores");
        requireNonNull(health, "health");
        requireNonNull(manners, "manners");
        requireNonNull(platforms, "platforms");
        streams = List.copyOf(streams);
    }

    /** Tables, and the bucket in which passes keep their files. */
    record Stores(
            String devices,
            String callbacks,
            String alerts,
            String history,
            String outbox,
            String claims,
            String filesBucket) {}

    /**
     * How a pass goes about it.
     *
     * @param pageSize how many devices are read at once
     * @param segments in how many parts the fleet is judged
     * @param verifyAtMost of how many devices Core is asked in a pass, and how many pages of M2M's lists are read
     */
    record Manners(int pageSize, int segments, int verifyAtMost) {
        Manners {
            check("pageSize", pageSize, 1, 500);
            check("segments", segments, 1, SweepTask.MOST_SEGMENTS);
            check("verifyAtMost", verifyAtMost, 0, 1_000);
        }

        private static void check(String name, int value, int least, int most) {
            if (value < least || value > most) {
                throw new IllegalArgumentException(name + " must be from " + least + " to " + most + ": " + value);
            }
        }
    }

    /** The carrier's platforms, M2M where this deployment speaks to it, and how long one call may take. */
    record Platforms(World core, Optional<World> m2m, Duration timeout) {}

    /** Where a platform is, and the name of its token's secret. */
    record World(URI url, String tokenSecret) {}

    static HealthSweepConfig from(Settings settings) {
        return new HealthSweepConfig(
                new Stores(
                        settings.text("DEVICES_TABLE"),
                        settings.text("CALLBACKS_TABLE"),
                        settings.text("ALERTS_TABLE"),
                        settings.text("HISTORY_TABLE"),
                        settings.text("OUTBOX_TABLE"),
                        settings.text("CLAIMS_TABLE"),
                        settings.text("FILES_BUCKET")),
                settings.text("BUS_NAME"),
                settings.text("ACCOUNT"),
                settings.address("RUNBOOKS_URL").toString().replaceAll("/+$", ""),
                health(settings),
                new Manners(
                        settings.number("PAGE_SIZE", 1, 500),
                        settings.number("SEGMENTS", 1, SweepTask.MOST_SEGMENTS),
                        settings.number("VERIFY_AT_MOST", 0, 1_000)),
                new Platforms(
                        new World(settings.address("THINGSPACE_CORE_URL"), settings.text("CORE_TOKEN_SECRET")),
                        m2m(settings),
                        settings.duration("CARRIER_TIMEOUT", Duration.ofSeconds(3), Duration.ofSeconds(20))),
                streams(settings));
    }

    private static HealthSettings health(Settings settings) {
        return new HealthSettingsReader(settings)
                .number("BATTERY_WARNING")
                .number("BATTERY_CRITICAL")
                .duration("REPORTING_INTERVAL")
                .number("SLACK_PERCENT")
                .optional("HEALTH_SETTINGS");
    }

    /** With its address it wants its token too. */
    private static Optional<World> m2m(Settings settings) {
        return settings.optional("THINGSPACE_M2M_URL")
                .map(_ -> new World(settings.address("THINGSPACE_M2M_URL"), settings.text("M2M_TOKEN_SECRET")));
    }

    /** As stream-subscription names them. */
    private static List<String> streams(Settings settings) {
        List<String> names = new ArrayList<>();
        String from = settings.text("STREAM_FROM");
        Set<String> kinds = settings.list("STREAM_KINDS", NAME, "names of kinds of events");
        kinds.forEach(kind -> names.add(from + "/" + kind));
        settings.list("CALLBACK_SERVICES", NAME, "names of services")
                .forEach(service -> names.add("callback/" + service));
        settings.list("SIGNING_SERVICES", NAME, "names of services")
                .forEach(service -> names.add("callback/" + service));
        return names;
    }
}
