package dev.fleetline.fleetreport;

import java.util.Locale;

/** What has become of one trouble of one device since the night before, in the order in which people are told. */
enum ChangeKind {
    NEW("New", "not there the night before"),
    STILL("Still", "as bad as the night before"),
    WORSE("Worse", "was less bad the night before"),
    BETTER("Better", "was worse the night before, and is not over"),
    RECOVERED("Recovered", "the device was judged, and the trouble is over"),
    /** Missing data is no good news: whoever was not judged has not recovered. */
    UNKNOWN("Not judged", "there the night before, and the device was not judged in this one");

    private final String title;
    private final String meaning;

    ChangeKind(String title, String meaning) {
        this.title = title;
        this.meaning = meaning;
    }

    String title() {
        return title;
    }

    String meaning() {
        return meaning;
    }

    /** As files and addresses spell it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
