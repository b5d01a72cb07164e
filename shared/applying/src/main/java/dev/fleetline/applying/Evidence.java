package dev.fleetline.applying;

/** What shows that a device is what a message makes of it. */
enum Evidence {
    /** It said something itself. */
    REPORT("report", "it reported"),

    /** The network could reach it. */
    REACHED("carrier", "the network reached it"),

    /** The carrier's word. */
    CARRIER("carrier", "the carrier says so");

    private final String word;
    private final String note;

    Evidence(String word, String note) {
        this.word = word;
        this.note = note;
    }

    /** As events name it. */
    String word() {
        return word;
    }

    /** As the history of a device has it. */
    String note() {
        return note;
    }
}
