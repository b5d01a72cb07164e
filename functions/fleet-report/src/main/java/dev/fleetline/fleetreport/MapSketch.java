package dev.fleetline.fleetreport;

import dev.fleetline.fleetreport.LostPlaces.Group;
import dev.fleetline.fleetreport.LostPlaces.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where devices are lost, as a drawing that needs nobody's map: places by their degrees, sites and cells side by side.
 * Spots that would lie on each other are one.
 *
 * @param caption in words, for whoever sees no picture
 */
record MapSketch(String caption, int width, int height, List<GridLine> grid, List<Dot> spots, Tiles groups) {

    private static final int WIDTH = 720;
    private static final int LEAST_HEIGHT = 240;
    private static final int MOST_HEIGHT = 480;
    private static final int MARGIN = 48;
    private static final int COLUMNS = 30;
    private static final double LEAST_DEGREES = 0.1;
    private static final int TILE = 120;
    private static final int TILES_A_ROW = 6;
    private static final int LARGEST_DOT = 40;
    private static final int SMALLEST_DOT = 6;
    private static final int LONGEST_NAME = 16;

    /** A line of equal latitude or longitude, and what it is. */
    record GridLine(double x1, double y1, double x2, double y2, double tx, double ty, String label) {}

    /** Lost devices about one place. */
    record Dot(double x, double y, double ty, double r, int lost, String label) {
        boolean many() {
            return lost > 1;
        }
    }

    /** Sites and cells; {@code more} of them are not drawn. */
    record Tiles(int width, int height, List<Tile> tiles, int more) {
        boolean any() {
            return !tiles.isEmpty();
        }
    }

    /** One of them. */
    record Tile(double x, double y, double r, Group group) {
        double numberY() {
            return y + 5;
        }

        double nameY() {
            return y + LARGEST_DOT + 18;
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

        String shortName() {
            int[] letters = name().codePoints().limit(LONGEST_NAME + 1L).toArray();
            return letters.length <= LONGEST_NAME ? name() : new String(letters, 0, LONGEST_NAME - 1) + "…";
        }
    }

    boolean any() {
        return sketch() || groups.any();
    }

    boolean sketch() {
        return !spots.isEmpty();
    }

    static MapSketch of(LostPlaces lost) {
        Tiles tiles = tiles(lost);
        if (lost.spots().isEmpty()) {
            return new MapSketch("", WIDTH, LEAST_HEIGHT, List.of(), List.of(), tiles);
        }
        Frame frame = Frame.around(lost.spots());
        List<Dot> dots = dots(frame, lost.spots());
        int count = lost.spots().stream().mapToInt(Spot::lost).sum();
        String caption = "%d lost devices with a known place, between %s and %s".formatted(
                count, degrees(frame.south(), frame.west()), degrees(frame.north(), frame.east()));
        return new MapSketch(caption, WIDTH, (int) frame.height(), frame.grid(), dots, tiles);
    }

    private static List<Dot> dots(Frame frame, List<Spot> spots) {
        double cell = (double) WIDTH / COLUMNS;
        Map<Long, List<Spot>> cells = new TreeMap<>();
        for (Spot spot : spots) {
            long key = Math.round(frame.y(spot) / cell) * 10_000 + Math.round(frame.x(spot) / cell);
            cells.computeIfAbsent(key, _ -> new ArrayList<>()).add(spot);
        }
        int most = cells.values().stream().mapToInt(MapSketch::lost).max().orElse(1);
        return cells.values().stream().map(together -> dot(frame, together, most)).toList();
    }

    private static Dot dot(Frame frame, List<Spot> together, int most) {
        double x = together.stream().mapToDouble(frame::x).average().orElse(0);
        double y = together.stream().mapToDouble(frame::y).average().orElse(0);
        int lost = lost(together);
        Spot first = together.getFirst();
        return new Dot(
                rounded(x),
                rounded(y),
                rounded(y + 5),
                radius(lost, most, 24),
                lost,
                degrees(first.place().latitude(), first.place().longitude()));
    }

    private static int lost(List<Spot> spots) {
        return spots.stream().mapToInt(Spot::lost).sum();
    }

    private static Tiles tiles(LostPlaces lost) {
        int most = lost.groups().stream().mapToInt(Group::lost).max().orElse(1);
        List<Tile> tiles = new ArrayList<>();
        for (Group group : lost.groups()) {
            int place = tiles.size();
            tiles.add(new Tile(
                    TILE * (place % TILES_A_ROW + 0.5),
                    TILE * (double) (place / TILES_A_ROW) + LARGEST_DOT + 4,
                    radius(group.lost(), most, LARGEST_DOT),
                    group));
        }
        int rows = (tiles.size() + TILES_A_ROW - 1) / TILES_A_ROW;
        return new Tiles(TILE * TILES_A_ROW, TILE * Math.max(1, rows), tiles, lost.moreGroups());
    }

    /** Areas and not radii say how many. */
    private static double radius(int lost, int most, int largest) {
        return rounded(SMALLEST_DOT + (largest - SMALLEST_DOT) * Math.sqrt((double) lost / most));
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }

    private static String degrees(double latitude, double longitude) {
        return "%.2f° %s %.2f° %s".formatted(
                Math.abs(latitude), latitude < 0 ? "S" : "N", Math.abs(longitude), longitude < 0 ? "W" : "E");
    }

    /** The part of the earth that is drawn, and where its points fall: degrees of longitude are shorter up north. */
    private record Frame(double south, double west, double north, double east, double scale, double squeeze) {

        static Frame around(List<Spot> spots) {
            double south = spots.stream().mapToDouble(spot -> spot.place().latitude()).min().orElse(0);
            double north = spots.stream().mapToDouble(spot -> spot.place().latitude()).max().orElse(0);
            double west = spots.stream().mapToDouble(spot -> spot.place().longitude()).min().orElse(0);
            double east = spots.stream().mapToDouble(spot -> spot.place().longitude()).max().orElse(0);
            double squeeze = Math.max(0.1, Math.cos(Math.toRadians((south + north) / 2)));
            double wide = Math.max(LEAST_DEGREES, (east - west) * squeeze);
            double high = Math.max(LEAST_DEGREES, north - south);
            double scale = Math.min((WIDTH - 2.0 * MARGIN) / wide, (MOST_HEIGHT - 2.0 * MARGIN) / high);
            return new Frame(south, west, north, east, scale, squeeze);
        }

        double height() {
            return Math.max(LEAST_HEIGHT, (north - south) * scale + 2 * MARGIN);
        }

        double x(Spot spot) {
            return x(spot.place().longitude());
        }

        double y(Spot spot) {
            return y(spot.place().latitude());
        }

        private double x(double longitude) {
            return WIDTH / 2.0 + (longitude - (west + east) / 2) * squeeze * scale;
        }

        private double y(double latitude) {
            return height() / 2 - (latitude - (south + north) / 2) * scale;
        }

        List<GridLine> grid() {
            double step = step(Math.max(WIDTH, height()) / scale / 4);
            List<GridLine> lines = new ArrayList<>();
            for (double latitude : marks(latitudeAt(height()), latitudeAt(0), step)) {
                double y = rounded(y(latitude));
                lines.add(new GridLine(0, y, WIDTH, y, 6, y - 4, label(latitude, "N", "S", step)));
            }
            for (double longitude : marks(longitudeAt(0), longitudeAt(WIDTH), step / squeeze > step * 3 ? step * 2 : step)) {
                double x = rounded(x(longitude));
                lines.add(new GridLine(x, 0, x, height(), x + 4, height() - 6, label(longitude, "E", "W", step)));
            }
            return lines;
        }

        private double latitudeAt(double y) {
            return (south + north) / 2 + (height() / 2 - y) / scale;
        }

        private double longitudeAt(double x) {
            return (west + east) / 2 + (x - WIDTH / 2.0) / scale / squeeze;
        }

        private static List<Double> marks(double from, double to, double step) {
            List<Double> marks = new ArrayList<>();
            for (long place = (long) Math.ceil(from / step); place * step <= to; place++) {
                marks.add(place * step);
            }
            return marks;
        }

        /** 1, 2 or 5 of some power of ten. */
        private static double step(double about) {
            double power = Math.pow(10, Math.floor(Math.log10(about)));
            double times = about / power;
            return power * (times >= 5 ? 5 : times >= 2 ? 2 : 1);
        }

        private static String label(double degrees, String positive, String negative, double step) {
            String format = step >= 1 ? "%.0f° %s" : step >= 0.1 ? "%.1f° %s" : "%.2f° %s";
            return String.format(Locale.ROOT, format, Math.abs(degrees), degrees < 0 ? negative : positive);
        }
    }
}
