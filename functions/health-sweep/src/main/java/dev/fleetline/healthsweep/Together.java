package dev.fleetline.healthsweep;

import dev.fleetline.alert.Subject;
import dev.fleetline.alert.Subject.OfCell;
import dev.fleetline.alert.Subject.OfFleet;
import dev.fleetline.alert.Subject.OfSite;
import dev.fleetline.sweepfiles.LossCandidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Who is lost together: one cause, so one alert. Of the fleet when more than a tenth of it is lost; else of a site, when
 * half of it is; else of a cell, among those whose site is not. Below a few devices it is chance, and of what nobody has
 * counted yet nothing is said. What is told already goes on while four fifths of what began it are lost: else one device
 * more or less would end it and begin it again.
 *
 * @param of how many devices the subject has
 */
record Together(Subject subject, List<LossCandidate> lost, int of) {

    private static final int LEAST = 5;
    private static final int LEAST_OF_FLEET = 20;
    private static final int FLEET_SHARE = 10;

    Together {
        lost = List.copyOf(lost);
    }

    /** {@code told} are the subjects that people know of. */
    static List<Together> of(List<LossCandidate> lost, Sizes sizes, Set<Subject> told) {
        Subject fleet = new OfFleet();
        return sizes.fleet() > 0 && isFleet(lost.size(), sizes.fleet(), told.contains(fleet))
                ? List.of(new Together(fleet, lost, Math.max(lost.size(), sizes.fleet())))
                : ofPlaces(lost, sizes, told);
    }

    /** The sites and cells alone, which may be lost within a fleet that is. */
    static List<Together> ofPlaces(List<LossCandidate> lost, Sizes sizes, Set<Subject> told) {
        List<Together> groups = new ArrayList<>();
        List<LossCandidate> others = new ArrayList<>();
        by(LossCandidate::site, lost, others).forEach((site, some) -> {
            Subject subject = new OfSite(site);
            int of = sizes.sites().getOrDefault(site, Integer.MAX_VALUE);
            if (isHalf(some.size(), of, told.contains(subject))) {
                groups.add(new Together(subject, some, Math.max(some.size(), of)));
            } else {
                others.addAll(some);
            }
        });
        by(LossCandidate::cell, others, new ArrayList<>()).forEach((cell, some) -> {
            Subject subject = new OfCell(cell);
            int of = sizes.cells().getOrDefault(cell, Integer.MAX_VALUE);
            if (isHalf(some.size(), of, told.contains(subject))) {
                groups.add(new Together(subject, some, Math.max(some.size(), of)));
            }
        });
        return groups;
    }

    private static boolean isFleet(int lost, int of, boolean isTold) {
        double counted = counted(lost, isTold);
        return counted >= LEAST_OF_FLEET && counted * FLEET_SHARE > of;
    }

    private static boolean isHalf(int lost, int of, boolean isTold) {
        double counted = counted(lost, isTold);
        return counted >= LEAST && counted * 2 >= of;
    }

    private static double counted(int lost, boolean isTold) {
        return isTold ? lost * 5 / 4.0 : lost;
    }

    private static Map<String, List<LossCandidate>> by(
            Function<LossCandidate, Optional<String>> name, List<LossCandidate> lost, List<LossCandidate> nameless) {
        Map<String, List<LossCandidate>> groups = new TreeMap<>();
        for (LossCandidate one : lost) {
            name.apply(one)
                    .ifPresentOrElse(
                            group -> groups.computeIfAbsent(group, _ -> new ArrayList<>())
                                    .add(one),
                            () -> nameless.add(one));
        }
        return groups;
    }
}
