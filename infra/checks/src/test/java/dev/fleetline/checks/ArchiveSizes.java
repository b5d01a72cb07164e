package dev.fleetline.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The README's table of archives: how large each is, and how large it may become. The budgets are nowhere else. */
final class ArchiveSizes {

    private static final Pattern ROW = Pattern.compile("\\| ([a-z-]+) \\| (\\d+\\.\\d) MB \\| (\\d+\\.\\d) MB \\|");
    private static final double BYTES_PER_MEGABYTE = 1_000_000;
    private static final double HALF = 0.5;
    private static final double SLACK = 0.1;

    private ArchiveSizes() {}

    /** One sentence for each function of which the README says something wrong, or which is over its budget. */
    static List<String> faults(String readme, Map<String, Long> sizes) {
        var faults = new ArrayList<String>();
        var open = new TreeMap<>(sizes);
        ROW.matcher(section(readme)).results().forEach(row -> {
            String module = row.group(1);
            Long size = open.remove(module);
            if (size == null) {
                faults.add(module + " has a row in the README's table of archives and no archive, or two rows");
                return;
            }
            if (!isTold(row.group(2), size)) {
                faults.add(module + " is " + upToHalves(size) + " MB, and the README says " + row.group(2) + " MB");
            }
            if (size > Double.parseDouble(row.group(3)) * BYTES_PER_MEGABYTE) {
                faults.add(module + " is over its budget of " + row.group(3) + " MB: " + size + " bytes");
            }
        });
        open.keySet().forEach(module -> faults.add(module + " has no row in the README's table of archives"));
        return faults;
    }

    /** In megabytes, rounded up to the next half, so that not every change of code is one of the README. */
    private static String upToHalves(long bytes) {
        return String.format(Locale.ROOT, "%.1f", Math.ceil(bytes * 2 / BYTES_PER_MEGABYTE) / 2);
    }

    /** A tenth more or less than what would be rounded to it is still told: a build differs from another by some bytes. */
    private static boolean isTold(String megabytes, long bytes) {
        double above = Double.parseDouble(megabytes) - bytes / BYTES_PER_MEGABYTE;
        return above > -SLACK && above < HALF + SLACK;
    }

    private static String section(String readme) {
        return readme.replaceFirst("(?s).*\n## Archives\n", "").replaceFirst("(?s)\n## .*", "");
    }
}
