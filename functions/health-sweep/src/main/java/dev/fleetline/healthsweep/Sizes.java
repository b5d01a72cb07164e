package dev.fleetline.healthsweep;

import dev.fleetline.sweepfiles.SweptDevice.Who;
import java.util.HashMap;
import java.util.Map;

/**
 * How many devices there are.
 *
 * @param sites by site
 * @param cells by the cell in which a device was last heard
 */
record Sizes(int fleet, Map<String, Integer> sites, Map<String, Integer> cells) {

    static final Sizes NONE = new Sizes(0, Map.of(), Map.of());

    Sizes {
        sites = Map.copyOf(sites);
        cells = Map.copyOf(cells);
    }

    Sizes plus(Sizes other) {
        return new Sizes(fleet + other.fleet, sum(sites, other.sites), sum(cells, other.cells));
    }

    private static Map<String, Integer> sum(Map<String, Integer> one, Map<String, Integer> other) {
        Map<String, Integer> both = new HashMap<>(one);
        other.forEach((name, devices) -> both.merge(name, devices, Integer::sum));
        return both;
    }

    /** Counts one by one. */
    static final class Counter {
        private final Map<String, Integer> sites = new HashMap<>();
        private final Map<String, Integer> cells = new HashMap<>();
        private int fleet;

        void add(Who who) {
            fleet++;
            who.site().ifPresent(site -> sites.merge(site, 1, Integer::sum));
            who.cell().ifPresent(cell -> cells.merge(cell, 1, Integer::sum));
        }

        Sizes sizes() {
            return new Sizes(fleet, sites, cells);
        }
    }
}
