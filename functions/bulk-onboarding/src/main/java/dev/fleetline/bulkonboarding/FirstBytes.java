package dev.fleetline.bulkonboarding;

import dev.fleetline.bulkonboarding.FileRefused.Why;

/** Judges by the beginning of a file whether it is text in UTF-8 at all. */
final class FirstBytes {

    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] ZIP = {'P', 'K', 3, 4};

    private FirstBytes() {}

    /** Whether a byte order mark stands before the text; refuses what is no text. */
    static boolean haveBom(byte[] head) throws FileRefused {
        if (head.length == 0) {
            throw empty();
        }
        if (startsWith(head, ZIP)) {
            throw FileRefused.of(
                    Why.WORKBOOK,
                    0,
                    "the file is a workbook (.xlsx) or another archive, not CSV",
                    "save it from the spreadsheet as \"CSV UTF-8\", and upload that");
        }
        if (startsWith(head, (byte) 0xFF, (byte) 0xFE) || startsWith(head, (byte) 0xFE, (byte) 0xFF)) {
            throw FileRefused.of(
                    Why.UTF_16,
                    0,
                    "the file is text in UTF-16, and must be UTF-8",
                    "save it as \"CSV UTF-8\" and upload that");
        }
        for (byte one : head) {
            if (one >= 0 && one < ' ' && one != '\t' && one != '\n' && one != '\r') {
                throw FileRefused.of(
                        Why.BINARY,
                        0,
                        "the file is binary: it holds bytes that no text has",
                        "upload the CSV file itself, saved as \"CSV UTF-8\"");
            }
        }
        return startsWith(head, BOM);
    }

    static FileRefused empty() {
        return FileRefused.of(
                Why.EMPTY, 0, "the file is empty", "upload a file with a header and a row for each device");
    }

    private static boolean startsWith(byte[] head, byte... with) {
        for (int i = 0; i < with.length; i++) {
            if (i >= head.length || head[i] != with[i]) {
                return false;
            }
        }
        return true;
    }
}
