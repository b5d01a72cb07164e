package dev.fleetline.alertnotifier;

import java.text.Normalizer;

/** Makes text fit for where it goes: names of devices and sites are written by anybody, and with anything in them. */
final class Plain {

    private static final int LONGEST_SUBJECT = 100;
    private static final int LONGEST_LINE = 2_000;
    private static final String CUT = "...";

    private Plain() {}

    /**
     * A subject that SNS takes: ASCII alone, at most 100 characters, one line. Letters lose their accents; what has no
     * likeness in ASCII is a question mark.
     */
    static String subject(String text) {
        String ascii = Normalizer.normalize(line(text), Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .replace('\u2013', '-')
                .replace('\u2212', '-')
                .replaceAll("[^ -~]", "?")
                .strip();
        String subject = ascii.isEmpty() ? "Fleetline" : ascii;
        return subject.length() <= LONGEST_SUBJECT
                ? subject
                : subject.substring(0, LONGEST_SUBJECT - CUT.length()) + CUT;
    }

    /** One line that nothing can break, so that no name can look like a line of ours; cut when somebody wrote a novel. */
    static String line(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\p{Cf}]+", " ")
                .replaceAll(" {2,}", " ")
                .strip();
        return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + CUT;
    }
}
