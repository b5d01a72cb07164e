package dev.fleetline.local.bench.health;

import dev.fleetline.alert.Alert;
import dev.fleetline.alert.AlertSettings;
import dev.fleetline.alert.JudgeDevice;
import dev.fleetline.alert.Subject;
import dev.fleetline.alert.TellReleased;
import dev.fleetline.alert.TellTogether;
import dev.fleetline.alert.TellTogether.Told;
import dev.fleetline.alert.Trouble;
import dev.fleetline.alert.Visit;
import dev.fleetline.device.Circumstances;
import dev.fleetline.device.Circumstances.PlatformFault;
import dev.fleetline.device.Condition;
import dev.fleetline.device.Device;
import dev.fleetline.device.Finding;
import dev.fleetline.device.Health;
import dev.fleetline.device.Imei;
import dev.fleetline.device.Severity;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetgenerator.GeneratedFleet.Life;
import dev.fleetline.fleetgenerator.Incident;
import dev.fleetline.fleetgenerator.Member;
import dev.fleetline.testing.InMemoryAlertBook;
import dev.fleetline.testing.InMemoryClaims;
import dev.fleetline.testing.InMemoryDeviceRegistry;
import dev.fleetline.testing.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The passes of the sweep. */
final class Passes {

    private final InMemoryDeviceRegistry devices;
    private final InMemoryAlertBook alerts;
    private final InMemoryClaims claims;
    private final Health health;
    private final JudgeDevice judgeDevice;
    private final TellTogether tellTogether;
    private final TellReleased tellReleased;
    private final Life life;
    private final Map<Imei, Member> members = new HashMap<>();
    private final List<Incident> faults;
    private final InstantSource clock;
    private final Map<Imei, Instant> due = new HashMap<>();
    private final Map<String, Integer> siteSizes = new HashMap<>();
    private boolean wasFaulty;

    Passes(
            InMemoryStore store,
            Health health,
            Announcer announcer,
            Life life,
            Collection<Member> members,
            List<Incident> faults,
            InstantSource clock) {
        this.devices = new InMemoryDeviceRegistry(store);
        this.alerts = new InMemoryAlertBook(store);
        this.claims = new InMemoryClaims(store);
        this.health = health;
        String runbooks = "https://runbooks.example.test";
        this.judgeDevice = new JudgeDevice(devices, alerts, health, announcer, "health-sweep", runbooks, clock);
        this.tellTogether = new TellTogether(
                alerts, AlertSettings.DEFAULTS, announcer, "0999000001-00001", "health-sweep", runbooks, clock);
        this.tellReleased = new TellReleased(alerts, judgeDevice);
        this.life = life;
        this.faults = faults;
        this.clock = clock;
        members.forEach(member -> {
            this.members.put(member.imei(), member);
            due.put(member.imei(), clock.instant());
            member.site().ifPresent(site -> siteSizes.merge(site, 1, Integer::sum));
        });
    }

    void overdue() {
        Instant now = clock.instant();
        run(now, due.entrySet().stream()
                .filter(entry -> !entry.getValue().isAfter(now))
                .map(Map.Entry::getKey)
                .sorted()
                .toList());
    }

    void fleet() {
        run(clock.instant(), due.keySet().stream().sorted().toList());
    }

    private void run(Instant now, List<Imei> whom) {
        String id = now.toString();
        claims.once(id, "play", now, now.plus(Duration.ofDays(1)));
        TellTogether.Pass pass = new TellTogether.Pass(id, id, "play");
        Circumstances ours = Circumstances.of(faults.stream()
                .filter(fault -> !fault.from().isAfter(now))
                .map(fault -> new PlatformFault(fault.from(), fault.until().isBefore(now) ? fault.until() : now))
                .toList());
        boolean isFaulty = faults.stream().anyMatch(fault -> fault.covers(now));
        List<Device> lost = new ArrayList<>();
        for (Imei imei : whom) {
            Device device = devices.find(imei).orElseThrow();
            Circumstances known = circumstances(device, ours, now);
            boolean isLost = health.judge(device, known, now).stream().anyMatch(Passes::isLoss);
            if (isLost) {
                lost.add(device);
            } else {
                judgeDevice.run(device, Visit.sweep(id).knowing(known));
            }
            due.put(imei, health.dueAt(device, known, now).orElse(now.plus(Duration.ofDays(1))));
        }
        alerts.due(now, 10_000).forEach(entry -> {
            if (entry.subject() instanceof Subject.OfDevice(var imei)) {
                Device device = devices.find(imei).orElseThrow();
                judgeDevice.run(device, Visit.sweep(id).knowing(circumstances(device, ours, now)));
            }
        });
        List<Alert.Open> wider = new ArrayList<>();
        if (isFaulty || wasFaulty) {
            Trouble trouble = isFaulty
                    ? Trouble.ofPlatform("core", Condition.TOKEN, now, "its token is dead; authorise it again")
                    : Trouble.over(new Subject.OfPlatform("core"), Condition.TOKEN, now);
            if (tellTogether.run(trouble, pass) instanceof Told.Holds(var alert, var _)) {
                wider.add(alert);
            }
        }
        wasFaulty = isFaulty;
        if (!isFaulty) {
            wider.addAll(sites(lost, now, pass));
        }
        for (Device device : lost) {
            judgeDevice.run(
                    device, Visit.sweep(id, true).knowing(circumstances(device, ours, now)).under(wider));
        }
        tellReleased.run(Visit.sweep(id).knowing(ours));
    }

    private List<Alert.Open> sites(List<Device> found, Instant now, TellTogether.Pass pass) {
        Map<String, Map<Imei, Instant>> lost = new LinkedHashMap<>();
        found.forEach(device -> device.profile().site().ifPresent(site -> lost.computeIfAbsent(site, _ -> new HashMap<>())
                .put(device.imei(), now)));
        alerts.open().forEach(alert -> {
            if (alert.condition() == Condition.NETWORK_LOST && alert.subject() instanceof Subject.OfDevice(var imei)) {
                Optional.ofNullable(members.get(imei)).flatMap(Member::site)
                        .ifPresent(site -> lost.computeIfAbsent(site, _ -> new HashMap<>()).put(imei, now));
            }
            if (alert.subject() instanceof Subject.OfSite(var site)) {
                lost.computeIfAbsent(site, _ -> new HashMap<>());
            }
        });
        List<Alert.Open> open = new ArrayList<>();
        lost.forEach((site, gone) -> {
            int of = siteSizes.getOrDefault(site, 1);
            Subject subject = new Subject.OfSite(site);
            boolean isOutage = gone.size() >= 5 && 2 * gone.size() >= of;
            Trouble trouble = isOutage
                    ? Trouble.lostTogether(subject, Severity.CRITICAL, now, List.copyOf(gone.keySet()), of)
                    : Trouble.over(subject, Condition.NETWORK_LOST, now);
            if (tellTogether.run(trouble, pass) instanceof Told.Holds(var alert, var _)) {
                open.add(alert);
            }
        });
        return open;
    }

    private Circumstances circumstances(Device device, Circumstances ours, Instant now) {
        Member member = members.get(device.imei());
        return member == null
                ? ours
                : ours.carrierSays(
                        life.lastConnection(member, now).filter(_ -> member.carrier().equals("m2m")),
                        life.isSuspended(member, now));
    }

    private static boolean isLoss(Finding finding) {
        return finding.condition() == Condition.NETWORK_LOST && finding.severity() != Severity.NONE;
    }
}
