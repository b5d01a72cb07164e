package dev.fleetline.thingspacecore;

/** The kinds of calls, as far as an answer's meaning depends on what was asked. */
enum CoreCall {
    READ,
    CREATE,
    ACTIVATE,
    MOVE,
    DELETE;

    /** Whether it matters if the carrier did it without our learning so. */
    boolean isWrite() {
        return this != READ;
    }
}
