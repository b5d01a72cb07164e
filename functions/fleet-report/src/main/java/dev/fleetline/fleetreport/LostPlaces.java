package dev.fleetline.fleetreport;

import dev.fleetline.fleetreport.RatedDevice.Whereabouts;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where devices are lost: by site, or by cell where no site is known.
 *
 * @param groups those with the most lost devices first
 * @param more how many sites and cells with lost devices are left out
 */
record LostPlaces(List<Group> groups, int more) {

    private static final int MOST = 60;

    LostPlaces {
        groups = List.copyOf(groups);
    }

    /** A site or a cell, and how many of its devices are lost. */
    record Group(String name, int lost, int devices) {}

    /** Counts; takes room by the number of places and not of devices. */
    static final class Tally {
        private final Map<String, int[]> groups = new HashMap<>();

        void add(Whereabouts where, boolean isLost) {
            int[] counts = groups.computeIfAbsent(where.inWords(), _ -> new int[2]);
            counts[0] += isLost ? 1 : 0;
            counts[1]++;
        }

        LostPlaces places() {
            List<Group> lost = groups.entrySet().stream()
                    .filter(entry -> entry.getValue()[0] > 0)
                    .map(entry -> new Group(entry.getKey(), entry.getValue()[0], entry.getValue()[1]))
                    .sorted(Comparator.comparing(Group::lost, Comparator.reverseOrder())
                            .thenComparing(Group::name))
                    .toList();
            int shown = Math.min(MOST, lost.size());
            return new LostPlaces(lost.subList(0, shown), lost.size() - shown);
        }
    }
}
