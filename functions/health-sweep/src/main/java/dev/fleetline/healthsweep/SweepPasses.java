package dev.fleetline.healthsweep;

import static java.util.Objects.requireNonNull;

import dev.fleetline.alert.AlertBook;
import dev.fleetline.alert.AlertSettings;
import dev.fleetline.alert.JudgeDevice;
import dev.fleetline.alert.TellTogether;
import dev.fleetline.callback.CallbackInbox;
import dev.fleetline.carrier.CarrierStreams;
import dev.fleetline.carrier.Carriers;
import dev.fleetline.carrier.FreshToken;
import dev.fleetline.claims.Claims;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.Health;
import dev.fleetline.device.HealthSettings;
import dev.fleetline.files.FileStore;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetevents.TellState;
import dev.fleetline.healthsweep.SweepReply.Concluded;
import dev.fleetline.healthsweep.SweepTask.Overdue;
import dev.fleetline.healthsweep.SweepTask.Sweep;
import dev.fleetline.lambda.Deadline;
import dev.fleetline.sweepfiles.SweepFiles;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The passes over whatever stores and carriers they are given: on AWS the function's, in memory those of who plays them. */
public final class SweepPasses {

    /** What is left of an invocation for the steps after rating what is due: half of the shortest that makes sense. */
    private static final Duration FOR_THE_OTHER_STEPS = Duration.ofMinutes(4);

    private static final Deadline FAR = () -> Duration.ofMinutes(15);

    private final RunPass runPass;

    /** What is kept, and where what is decided is told. */
    public record Stores(
            DeviceRegistry devices,
            AlertBook alerts,
            CallbackInbox inbox,
            Claims claims,
            FileStore files,
            Announcer announcer) {
        public Stores {
            requireNonNull(devices, "devices");
            requireNonNull(alerts, "alerts");
            requireNonNull(inbox, "inbox");
            requireNonNull(claims, "claims");
            requireNonNull(files, "files");
            requireNonNull(announcer, "announcer");
        }
    }

    /** Who is asked about a device, and by what tokens. */
    public record World(
            Carriers carriers,
            CarrierStreams coreStreams,
            TokenStore tokens,
            Set<TokenRealm> realms,
            FreshToken freshToken) {
        public World {
            requireNonNull(carriers, "carriers");
            requireNonNull(coreStreams, "coreStreams");
            requireNonNull(tokens, "tokens");
            realms = Set.copyOf(realms);
            requireNonNull(freshToken, "freshToken");
        }
    }

    /**
     * By which numbers and names.
     *
     * @param streams and listeners whose breaks are our own faults, as stream-subscription names them
     * @param verifyAtMost of how many devices Core is asked in a pass, and how many pages of M2M's lists are read
     * @param patience how long one call to a carrier may take
     */
    public record Terms(
            HealthSettings health,
            String account,
            String runbooks,
            List<String> streams,
            int pageSize,
            int segments,
            int verifyAtMost,
            Duration patience) {
        public Terms {
            requireNonNull(health, "health");
            streams = List.copyOf(streams);
        }
    }

    public SweepPasses(Stores stores, World world, Terms terms, InstantSource clock) {
        this.runPass = assembled(stores, world, terms, clock);
    }

    static RunPass assembled(Stores stores, World world, Terms terms, InstantSource clock) {
        DeviceRegistry devices = stores.devices();
        AlertBook alerts = stores.alerts();
        Announcer announcer = stores.announcer();
        Books books = Books.of(new SweepFiles(stores.files()));
        Health health = new Health(terms.health());
        String module = HealthSweepWiring.MODULE;
        var judgeDevice = new JudgeDevice(devices, alerts, health, announcer, module, terms.runbooks(), clock);
        var tellTogether = new TellTogether(
                alerts,
                AlertSettings.of(terms.health().ofFleet()),
                announcer,
                terms.account(),
                module,
                terms.runbooks(),
                clock);
        var rateDevices = new RateDevices(devices, alerts, judgeDevice, health, books.files(), clock);
        var steps = new RunPass.Steps(
                new RateSegment(devices, rateDevices, books.faults(), clock, terms.pageSize()),
                new RateOverdue(devices, alerts, rateDevices, books, clock, FOR_THE_OTHER_STEPS),
                new LookAtPlatform(
                        world.tokens(),
                        world.realms(),
                        new TellState(module, stores.claims(), announcer),
                        terms.streams(),
                        books.faults(),
                        tellTogether,
                        clock),
                new VerifyLosses(
                        books.files(),
                        devices,
                        world.carriers(),
                        () -> new AskCore(
                                world.carriers().named("core").orElseThrow(),
                                world.coreStreams(),
                                world.freshToken(),
                                stores.inbox(),
                                stores.claims(),
                                clock,
                                terms.verifyAtMost()),
                        stores.claims(),
                        clock,
                        terms.verifyAtMost(),
                        terms.patience().multipliedBy(3)),
                new ConcludePass(
                        devices,
                        judgeDevice,
                        alerts,
                        new TellGroups(alerts, tellTogether, books, clock),
                        health,
                        announcer,
                        books,
                        clock));
        return new RunPass(steps, books, stores.claims(), clock, terms.segments());
    }

    /** Over what is due now. */
    public void overdue() {
        checkDone(runPass.overdue(new Overdue(Optional.empty()), "play", FAR));
    }

    /** Over the whole fleet. */
    public void fleet() {
        checkDone(runPass.sweep(new Sweep(Optional.empty(), Optional.empty()), "play", FAR));
    }

    private static void checkDone(Concluded concluded) {
        if (!concluded.outcome().equals(SweepReply.DONE)) {
            throw new IllegalStateException("pass " + concluded.sweepId() + " is " + concluded.outcome());
        }
    }
}
