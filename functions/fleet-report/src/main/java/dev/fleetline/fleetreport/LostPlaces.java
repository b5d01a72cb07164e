package dev.fleetline.fleetreport;

import dev.fleetline.fleetreport.RatedDevice.Place;
import dev.fleetline.fleetreport.RatedDevice.Whereabouts;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where devices are lost: on the ground where their places are known, and else by site or cell.
 *
 * @param spots lost devices with a place, those within the same hundredth of a degree together
 * @param groups of the lost ones without a place, the sites and cells with the most of them first
 * @param moreGroups how many sites and cells are left out
 */
record LostPlaces(List<Spot> spots, List<Group> groups, int moreGroups) {

    private static final int MOST_GROUPS = 60;
    private static final double STEP = 0.01;

    LostPlaces {
        spots = List.copyOf(spots);
        groups = List.copyOf(groups);
    }

    /** So many lost devices about this place. */
    record Spot(Place place, int lost) {}

    /** A site or a cell, and how many of its devices are lost. */
    record Group(String name, int lost, int devices) {}

    boolean isEmpty() {
        return spots.isEmpty() && groups.isEmpty();
    }

    /** Counts; takes room by the number of places and not of devices. */
    static final class Tally {
        private final Map<Long, Integer> spots = new TreeMap<>();
        private final Map<String, int[]> groups = new HashMap<>();

        void add(Whereabouts where, boolean isLost) {
            Optional<Place> place = where.place();
            if (place.isPresent()) {
                if (isLost) {
                    spots.merge(key(place.get()), 1, Integer::sum);
                }
                return;
            }
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
            return new LostPlaces(
                    spots.entrySet().stream()
                            .map(entry -> new Spot(place(entry.getKey()), entry.getValue()))
                            .toList(),
                    lost.subList(0, Math.min(MOST_GROUPS, lost.size())),
                    Math.max(0, lost.size() - MOST_GROUPS));
        }

        private static long key(Place place) {
            return Math.round(place.latitude() / STEP) * 100_000 + Math.round(place.longitude() / STEP) + 50_000;
        }

        private static Place place(long key) {
            return new Place(
                    Math.floorDiv(key, 100_000L) * STEP, (Math.floorMod(key, 100_000L) - 50_000) * STEP);
        }
    }
}
