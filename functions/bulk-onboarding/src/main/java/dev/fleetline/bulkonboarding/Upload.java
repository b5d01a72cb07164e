package dev.fleetline.bulkonboarding;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;

/**
 * A file that somebody brought.
 *
 * @param key where it is, {@code incoming/check/june.csv}
 * @param name what its results are called by, {@code june}
 * @param tag of the content that was brought
 */
record Upload(Mode mode, String key, String name, String tag) {

    private static final String INCOMING = "incoming/";

    Upload {
        requireNonNull(mode, "mode");
        requireNonNull(key, "key");
        requireNonNull(name, "name");
        requireNonNull(tag, "tag");
    }

    /** What is to be done with a file; the folder that it was put into says it. */
    enum Mode {
        /** Only say what is wrong and what would happen. */
        CHECK,
        /** Order what is good. */
        APPLY;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private String folder() {
            return INCOMING + word() + "/";
        }
    }

    /** Empty for a folder, which is an object without a name of its own, and for what lies somewhere else. */
    static Optional<Upload> of(String key, String tag) {
        for (Mode mode : Mode.values()) {
            if (key.startsWith(mode.folder()) && !key.endsWith("/")) {
                String file = key.substring(mode.folder().length());
                return Optional.of(new Upload(mode, key, file.replaceFirst("(?i)(?<=.)\\.csv$", ""), tag));
            }
        }
        return Optional.empty();
    }

    /** Where a result of this name belongs. */
    String result(String file) {
        return "results/" + name + "/" + file;
    }
}
