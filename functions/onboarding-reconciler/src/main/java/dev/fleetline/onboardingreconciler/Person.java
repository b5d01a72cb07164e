package dev.fleetline.onboardingreconciler;

import java.util.regex.Pattern;

/** Who decides about an order, and why: both stand in its history and in the event. */
record Person(String by, String why) {

    private static final Pattern TEXT = Pattern.compile("(?=.*\\S)\\P{Cntrl}+");
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_REASON = 256;

    Person {
        check("by", by, LONGEST_NAME, "who decides");
        check("why", why, LONGEST_REASON, "for what reason");
    }

    private static void check(String field, String text, int most, String meaning) {
        if (text == null || text.length() > most || !TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "the task needs " + field + ": " + meaning + ", in one line of at most " + most + " characters");
        }
    }
}
