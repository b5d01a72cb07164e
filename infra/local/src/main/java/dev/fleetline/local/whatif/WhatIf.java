package dev.fleetline.local.whatif;

import dev.fleetline.device.Circumstances.PlatformFault;
import dev.fleetline.device.Condition;
import dev.fleetline.device.HealthSettings;
import dev.fleetline.device.Imei;
import dev.fleetline.sweepfiles.SweptDevice;
import dev.fleetline.sweepfiles.SweptDevice.Who;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Nights of a fleet, played by the numbers as they are and as they might be. Pure: it is handed what was stored. */
public final class WhatIf {

    private final HealthSettings asIs;
    private final HealthSettings asMightBe;
    private final Map<Imei, Played> devices = new HashMap<>();
    private final List<PlatformFault> faults = new ArrayList<>();

    public WhatIf(HealthSettings asIs, HealthSettings asMightBe) {
        this.asIs = asIs;
        this.asMightBe = asMightBe;
    }

    /** From then to then our own platform was not well: no silence counts in it. Told before the devices. */
    public void platformFault(Instant from, Instant to) {
        faults.add(new PlatformFault(from, to));
    }

    /** A device as the pass of a night found it; nights come in the order of time. */
    public void device(SweptDevice swept, Instant night) {
        if (swept.skipped().isPresent()) {
            return;
        }
        Played played = devices.computeIfAbsent(
                swept.who().imei(), _ -> new Played(swept.who(), new Replay(asIs), new Replay(asMightBe)));
        played.asIs().night(swept, night, faults);
        played.asMightBe().night(swept, night, faults);
    }

    /** What would be otherwise, by condition; a condition that never held is not in it. */
    public Map<Condition, Difference> differences() {
        Map<Condition, Difference> differences = new TreeMap<>();
        devices.values().forEach(played -> {
            List<Episode> is = played.asIs().episodes();
            List<Episode> mightBe = played.asMightBe().episodes();
            is.forEach(episode -> of(differences, episode).is(played.who(), episode, mightBe));
            mightBe.forEach(episode -> of(differences, episode).mightBe(played.who(), episode, is));
        });
        return differences;
    }

    /** How many devices were played. */
    public int deviceCount() {
        return devices.size();
    }

    private static Difference of(Map<Condition, Difference> differences, Episode episode) {
        return differences.computeIfAbsent(episode.condition(), _ -> new Difference());
    }

    /** An alert of a device. */
    public record Told(Who device, Episode episode) {}

    /** The alerts of one condition, as they are and as they might be. */
    public static final class Difference {
        private final List<Told> added = new ArrayList<>();
        private final List<Told> removed = new ArrayList<>();
        private int alerts;
        private int alertsThen;

        private Difference() {}

        private void is(Who device, Episode episode, List<Episode> mightBe) {
            alerts++;
            if (mightBe.stream().noneMatch(episode::isThatOf)) {
                removed.add(new Told(device, episode));
            }
        }

        private void mightBe(Who device, Episode episode, List<Episode> is) {
            alertsThen++;
            if (is.stream().noneMatch(episode::isThatOf)) {
                added.add(new Told(device, episode));
            }
        }

        /** How many there are by the numbers as they are. */
        public int alerts() {
            return alerts;
        }

        /** How many there would be. */
        public int alertsThen() {
            return alertsThen;
        }

        /** Which there would be that are not. */
        public List<Told> added() {
            return List.copyOf(added);
        }

        /** Which are that there would not be. */
        public List<Told> removed() {
            return List.copyOf(removed);
        }
    }

    private record Played(Who who, Replay asIs, Replay asMightBe) {}
}
