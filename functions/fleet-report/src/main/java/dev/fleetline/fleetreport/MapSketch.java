package dev.fleetline.fleetreport;

import dev.fleetline.fleetreport.LostPlaces.Group;
import java.util.ArrayList;
import java.util.List;

/**
 * Where devices are lost, as a drawing that needs nobody's map: sites and cells side by side, each a disc of all its
 * devices with the lost ones inside. Areas and not radii say how many.
 *
 * @param more how many of them are not drawn
 */
record MapSketch(int width, int height, List<Tile> tiles, int more) {

    private static final int TILE = 120;
    private static final int MOST_A_ROW = 6;
    private static final int LARGEST = 42;
    private static final int SMALLEST = 10;
    private static final int LONGEST_NAME = 15;

    /** A site or a cell. */
    record Tile(double x, double y, double r, double lostR, Group group) {
        double numberY() {
            return y + 5;
        }

        double nameY() {
            return y + LARGEST + 18;
        }

        int lost() {
            return group.lost();
        }

        int devices() {
            return group.devices();
        }

        String name() {
            return group.name();
        }

        /** As much of it as fits. */
        String shortName() {
            int[] letters = name().codePoints().limit(LONGEST_NAME + 1L).toArray();
            return letters.length <= LONGEST_NAME ? name() : new String(letters, 0, LONGEST_NAME - 1) + "…";
        }
    }

    boolean any() {
        return !tiles.isEmpty();
    }

    static MapSketch of(LostPlaces lost) {
        List<Group> groups = lost.groups();
        int columns = Math.clamp(groups.size(), 1, MOST_A_ROW);
        int most = groups.stream().mapToInt(Group::devices).max().orElse(1);
        List<Tile> tiles = new ArrayList<>();
        for (Group group : groups) {
            int column = tiles.size() % columns;
            int row = tiles.size() / columns;
            double r = SMALLEST + (LARGEST - SMALLEST) * Math.sqrt((double) group.devices() / most);
            tiles.add(new Tile(
                    TILE * (column + 0.5),
                    TILE * row + LARGEST + 6.0,
                    rounded(r),
                    rounded(r * Math.sqrt((double) group.lost() / group.devices())),
                    group));
        }
        int rows = (tiles.size() + columns - 1) / columns;
        return new MapSketch(TILE * columns, TILE * Math.max(1, rows), tiles, lost.more());
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
