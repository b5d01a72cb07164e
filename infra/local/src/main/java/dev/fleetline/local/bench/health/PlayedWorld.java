package dev.fleetline.local.bench.health;

import dev.fleetline.carrier.CarrierGateway;
import dev.fleetline.carrier.Carriers;
import dev.fleetline.carrier.Carriers.Platform;
import dev.fleetline.carrier.FreshToken;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetgenerator.GeneratedFleet;
import dev.fleetline.fleetgenerator.GeneratedFleet.Life;
import dev.fleetline.fleetgenerator.Incident;
import dev.fleetline.fleetgenerator.Incident.What;
import dev.fleetline.fleetgenerator.Member;
import dev.fleetline.healthsweep.SweepPasses;
import dev.fleetline.testing.InMemoryTokenStore;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.TurningTokens;
import dev.fleetline.tokens.AccessToken;
import dev.fleetline.tokens.TokenRealm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** The carrier's platforms and our tokens of them, as they are at each moment of a made-up fleet's life. */
final class PlayedWorld {

    private static final Duration FOR_GOOD = Duration.ofDays(1_000);

    private final List<Incident> faults;
    private final MovableClock clock;
    private final InMemoryTokenStore tokens = new InMemoryTokenStore();
    private final SweepPasses.World world;
    private boolean wasDead;

    PlayedWorld(GeneratedFleet fleet, Life life, Announcer announcer, MovableClock clock) {
        this.faults = fleet.incidents().stream()
                .filter(incident -> incident.what() == What.DEAD_TOKEN)
                .toList();
        this.clock = clock;
        var freshToken =
                new FreshToken("health-sweep", new TurningTokens("core"), announcer, clock, _ -> {}, new Random(1));
        this.world = new SweepPasses.World(
                new Carriers(
                        Map.of(
                                "core", new Platform(carrier(fleet, life, "core"), TokenRealm.CORE),
                                "m2m", new Platform(carrier(fleet, life, "m2m"), TokenRealm.M2M)),
                        freshToken),
                new KnownStreams(life, fleet.members(), clock),
                tokens,
                Set.of(TokenRealm.CORE),
                freshToken);
        renew(clock.instant(), FOR_GOOD);
    }

    SweepPasses.World world() {
        return world;
    }

    /** The token is as it is now: one that has died has ended, and was not renewed. */
    void look() {
        Optional<Incident> dead =
                faults.stream().filter(fault -> fault.covers(clock.instant())).findFirst();
        if (dead.isPresent() != wasDead) {
            wasDead = dead.isPresent();
            dead.ifPresentOrElse(
                    fault -> renew(fault.from().minus(Duration.ofHours(1)), Duration.ofHours(1)),
                    () -> renew(clock.instant(), FOR_GOOD));
        }
    }

    private void renew(Instant obtainedAt, Duration life) {
        tokens.has(
                TokenRealm.CORE,
                "v" + clock.instant(),
                new AccessToken("core", Optional.empty(), List.of(), obtainedAt, life));
    }

    private CarrierGateway carrier(GeneratedFleet fleet, Life life, String name) {
        List<Member> members = fleet.members().stream()
                .filter(member -> member.carrier().equals(name))
                .toList();
        return new KnownCarrier(life, members, () -> wasDead, clock);
    }
}
