package dev.fleetline.healthsweep;

import dev.fleetline.alert.AlertSettings;
import dev.fleetline.alert.JudgeDevice;
import dev.fleetline.alert.TellTogether;
import dev.fleetline.alert.TendAlert;
import dev.fleetline.alert.TendAlert.Tended;
import dev.fleetline.alert.Visit;
import dev.fleetline.carrier.Carriers;
import dev.fleetline.carrier.Carriers.Platform;
import dev.fleetline.carrier.FreshToken;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceId;
import dev.fleetline.device.DeviceRegistry.Saved;
import dev.fleetline.device.Health;
import dev.fleetline.device.HealthSettings;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Measure;
import dev.fleetline.device.Reading;
import dev.fleetline.device.Report;
import dev.fleetline.device.Vitals;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetevents.FleetEvent.StreamBroken;
import dev.fleetline.fleetevents.FleetEvent.StreamRepaired;
import dev.fleetline.fleetevents.TellState;
import dev.fleetline.healthsweep.SweepReply.Concluded;
import dev.fleetline.healthsweep.SweepTask.Overdue;
import dev.fleetline.healthsweep.SweepTask.Sweep;
import dev.fleetline.lambda.Deadline;
import dev.fleetline.sweepfiles.SweepFiles;
import dev.fleetline.sweepfiles.SweepKind;
import dev.fleetline.sweepfiles.SweepSummary;
import dev.fleetline.testing.InMemoryAlertBook;
import dev.fleetline.testing.InMemoryCallbackInbox;
import dev.fleetline.testing.InMemoryClaims;
import dev.fleetline.testing.InMemoryDeviceRegistry;
import dev.fleetline.testing.InMemoryFiles;
import dev.fleetline.testing.InMemoryOutbox;
import dev.fleetline.testing.InMemoryStore;
import dev.fleetline.testing.InMemoryStreams;
import dev.fleetline.testing.InMemoryTokenStore;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.RecordingFleetEvents;
import dev.fleetline.testing.ScriptedCarrier;
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
import java.util.function.Function;
import java.util.stream.IntStream;

/** A fleet in memory, its carriers, and all that sweeps it. */
final class Fleet {

    static final Deadline FAR = () -> Duration.ofMinutes(10);

    private static final String STREAM = "core/ts.event";
    private static final String LISTENER = "callback/CarrierService";
    private static final String RUNBOOKS = "https://runbooks.example.test";

    final Instant start = Instant.parse("2026-03-02T15:00:00Z");
    final MovableClock clock = new MovableClock(start);
    final InMemoryStore store = new InMemoryStore();
    final InMemoryDeviceRegistry devices = new InMemoryDeviceRegistry(store);
    final InMemoryAlertBook alerts = new InMemoryAlertBook(store);
    final InMemoryClaims claims = new InMemoryClaims(store);
    final InMemoryFiles files = new InMemoryFiles();
    final Books books = Books.of(new SweepFiles(files));
    final RecordingFleetEvents bus = new RecordingFleetEvents();
    final InMemoryTokenStore tokens = new InMemoryTokenStore();
    final ScriptedCarrier core = new ScriptedCarrier();
    final ScriptedCarrier m2m = ScriptedCarrier.ofLines();
    final InMemoryStreams streams = new InMemoryStreams(clock);
    int mostVerified = 100;
    final Health health = new Health(HealthSettings.DEFAULTS);
    private final Announcer announcer = new Announcer(new InMemoryOutbox(store), bus);

    Fleet() {
        tokenIsGoodFor(Duration.ofDays(300));
        tokens.hasNone(TokenRealm.M2M, "v1");
    }

    void tokenIsGoodFor(Duration life) {
        tokens.has(
                TokenRealm.CORE,
                "v" + clock.instant(),
                new AccessToken("core", Optional.empty(), List.of(), clock.instant(), life));
    }

    void streamBreaks() {
        breaks(STREAM);
    }

    /** A listener, by which we hear answers to orders and no readings. */
    void listenerBreaks() {
        breaks(LISTENER);
    }

    private void breaks(String stream) {
        streamNews()
                .tell(
                        "stream#" + stream,
                        "SILENT",
                        telling ->
                                new StreamBroken("e" + telling.id(), stream, "SILENT", "why", telling.since(), "fix"),
                        "watch",
                        clock.instant());
        bus.clear();
    }

    void streamIsRepaired() {
        isRepaired(STREAM);
    }

    void listenerIsRepaired() {
        isRepaired(LISTENER);
    }

    private void isRepaired(String stream) {
        streamNews()
                .tellOver(
                        "stream#" + stream,
                        telling -> new StreamRepaired("e" + telling.id(), stream, telling.since()),
                        "watch",
                        clock.instant());
        bus.clear();
    }

    private TellState streamNews() {
        return new TellState("stream-subscription", claims, announcer);
    }

    /** The tracker of this number, 0 to 99; its IMEI has the check digit that belongs to it. */
    static Imei imei(int number) {
        return Imei.parse("999999%08d".formatted(number));
    }

    /** Has a tracker in service, silent from now on. */
    Imei has(int number, Duration interval) {
        return has(number, interval, new Lifecycle.InService(clock.instant()));
    }

    Imei has(int number, Duration interval, Lifecycle state) {
        return has(number, interval, state, "core", Optional.empty());
    }

    /** So many trackers of a site, silent from now on, numbered from {@code first}. */
    void hasAt(String site, int first, int count, Duration interval) {
        for (int number = first; number < first + count; number++) {
            has(number, interval, new Lifecycle.InService(clock.instant()), "core", Optional.of(site));
        }
    }

    Imei hasOfM2m(int number, Duration interval) {
        return has(number, interval, new Lifecycle.InService(clock.instant()), "m2m", Optional.empty());
    }

    /** A tracker in service of which nobody has said how often it reports, silent from now on. */
    Imei hasUndeclared(int number) {
        return has(number, Optional.empty(), new Lifecycle.InService(clock.instant()), "core", Optional.empty());
    }

    private Imei has(int number, Duration interval, Lifecycle state, String carrier, Optional<String> site) {
        return has(number, Optional.of(interval), state, carrier, site);
    }

    private Imei has(int number, Optional<Duration> interval, Lifecycle state, String carrier, Optional<String> site) {
        Device device = new Device(
                imei(number),
                Optional.of(uid(number)),
                new Device.Order("order-" + number, iccid(number), "0999000001-00001", carrier),
                new Device.Profile(
                        Optional.of("Asset-Tracker-" + number),
                        Optional.empty(),
                        site,
                        Optional.empty(),
                        interval,
                        Optional.empty()),
                state,
                Vitals.NONE,
                new Device.Said(Optional.empty(), state.since()),
                Device.Progress.since(state.since()),
                0);
        stored(devices.save(reporting(device), Consequences.NONE));
        return imei(number);
    }

    /** Somebody who judges nobody moves the device into this state: a person, or onboarding-reconciler. */
    void moves(Imei imei, Lifecycle next) {
        stored(devices.save(devices.find(imei).orElseThrow().in(next), Consequences.NONE));
    }

    /** A report arrives and the device is judged, as callback-processor does it. */
    void reports(Imei imei) {
        reports(imei, 80);
    }

    void reports(Imei imei, double battery) {
        Device device = devices.find(imei).orElseThrow();
        stored(devices.save(reporting(device, battery), Consequences.NONE));
        judgeDevice("callback-processor").run(imei, Visit.arrival("delivery"));
    }

    void report(int first, int count) {
        for (int number = first; number < first + count; number++) {
            reports(imei(number));
        }
    }

    /** A person says something of an alert, which must be as they want it then. */
    void tends(Function<TendAlert, Tended> wish) {
        Tended tended = wish.apply(new TendAlert(
                devices,
                alerts,
                health,
                AlertSettings.DEFAULTS,
                announcer,
                "0999000001-00001",
                "alert-desk",
                RUNBOOKS,
                clock));
        if (!(tended instanceof Tended.Done)) {
            throw new IllegalStateException("not done: " + tended);
        }
    }

    /** A pass over the fleet by hand. */
    Concluded sweep(String sweepId) {
        return runPass(3).sweep(new Sweep(Optional.of(sweepId), Optional.empty()), "request-" + sweepId, FAR);
    }

    /** A pass over what is due by the time. */
    Concluded overdue() {
        return runPass(3).overdue(new Overdue(Optional.empty()), "request-" + clock.instant(), FAR);
    }

    SweepSummary summary(SweepKind kind) {
        return books.files().latest(kind).orElseThrow();
    }

    /** What was told of alerts since the start, or since it was forgotten. */
    List<String> told() {
        return bus.detailTypes().stream().filter(type -> type.contains("Alert")).toList();
    }

    RunPass runPass(int pageSize) {
        RateDevices rateDevices =
                new RateDevices(devices, alerts, judgeDevice("health-sweep"), health, books.files(), clock);
        TellTogether tellTogether = new TellTogether(
                alerts, AlertSettings.DEFAULTS, announcer, "0999000001-00001", "health-sweep", RUNBOOKS, clock);
        return new RunPass(
                new RunPass.Steps(
                        new RateSegment(devices, rateDevices, books.faults(), clock, pageSize),
                        new RateOverdue(devices, alerts, rateDevices, books, clock, Duration.ofMinutes(1)),
                        new LookAtPlatform(
                                tokens,
                                Set.of(TokenRealm.CORE, TokenRealm.M2M),
                                new TellState("health-sweep", claims, announcer),
                                List.of(STREAM, LISTENER),
                                books.faults(),
                                tellTogether,
                                clock),
                        verifyLosses(mostVerified),
                        new ConcludePass(
                                devices,
                                judgeDevice("health-sweep"),
                                alerts,
                                new TellGroups(alerts, tellTogether, books, clock),
                                health,
                                announcer,
                                books,
                                clock)),
                books,
                claims,
                clock,
                4);
    }

    VerifyLosses verifyLosses(int most) {
        FreshToken freshToken =
                new FreshToken("health-sweep", new TurningTokens("token"), announcer, clock, _ -> {}, new Random(7));
        Carriers carriers = new Carriers(
                Map.of("core", new Platform(core, TokenRealm.CORE), "m2m", new Platform(m2m, TokenRealm.M2M)),
                freshToken);
        return new VerifyLosses(
                books.files(),
                devices,
                carriers,
                () -> new AskCore(
                        carriers.named("core").orElseThrow(),
                        streams,
                        freshToken,
                        new InMemoryCallbackInbox(store),
                        claims,
                        clock,
                        most),
                claims,
                clock,
                most,
                Duration.ofSeconds(10));
    }

    private JudgeDevice judgeDevice(String module) {
        return new JudgeDevice(devices, alerts, health, announcer, module, RUNBOOKS, clock);
    }

    /** The device as it is after one more report. */
    Device reporting(Device device) {
        return reporting(device, 80);
    }

    private Device reporting(Device device, double battery) {
        Report report = new Report(
                device.uid(),
                Optional.of(device.imei()),
                clock.instant(),
                Map.of(Measure.BATTERY, Reading.of(clock.instant(), battery)),
                Optional.empty());
        return device.reported(report, HealthSettings.DEFAULTS, clock.instant());
    }

    private static void stored(Saved saved) {
        if (!(saved instanceof Saved.Stored)) {
            throw new IllegalStateException("not stored: " + saved);
        }
    }

    static DeviceId uid(int number) {
        return new DeviceId("d0c1e0a1-0000-6abc-f001-%012x".formatted(number));
    }

    private static Iccid iccid(int number) {
        String digits = "8914800000999990%02d0".formatted(number);
        return new Iccid(IntStream.rangeClosed(0, 9)
                .mapToObj(check -> digits + check)
                .filter(Fleet::isIccid)
                .findFirst()
                .orElseThrow());
    }

    private static boolean isIccid(String digits) {
        try {
            return new Iccid(digits).digits().equals(digits);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
