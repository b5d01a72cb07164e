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
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Who is lost together: one cause, so one alert. Of the fleet when more than a tenth of it is lost; else of a site, when
 * half of it is; else of a cell, among those whose site is not. Below a few devices it is chance, and of what nobody has
 * counted yet nothing is said.
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

    static List<Together> of(List<LossCandidate> lost, Sizes sizes) {
        if (sizes.fleet() > 0 && isFleet(lost.size(), sizes.fleet())) {
            return List.of(new Together(new OfFleet(), lost, Math.max(lost.size(), sizes.fleet())));
        }
        return ofPlaces(lost, sizes);
    }

    /** The sites and cells alone, which may be lost within a fleet that is. */
    static List<Together> ofPlaces(List<LossCandidate> lost, Sizes sizes) {
        List<Together> groups = new ArrayList<>();
        List<LossCandidate> others = new ArrayList<>();
        by(LossCandidate::site, lost, others).forEach((site, some) -> {
            int of = sizes.sites().getOrDefault(site, Integer.MAX_VALUE);
            if (isHalf(some.size(), of)) {
                groups.add(new Together(new OfSite(site), some, Math.max(some.size(), of)));
            } else {
                others.addAll(some);
            }
        });
        by(LossCandidate::cell, others, new ArrayList<>()).forEach((cell, some) -> {
            int of = sizes.cells().getOrDefault(cell, Integer.MAX_VALUE);
            if (isHalf(some.size(), of)) {
                groups.add(new Together(new OfCell(cell), some, Math.max(some.size(), of)));
            }
        });
        return groups;
    }

    private static boolean isFleet(int lost, int of) {
        return lost >= LEAST_OF_FLEET && (long) lost * FLEET_SHARE > of;
    }

    private static boolean isHalf(int lost, int of) {
        return lost >= LEAST && lost * 2L >= of;
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
