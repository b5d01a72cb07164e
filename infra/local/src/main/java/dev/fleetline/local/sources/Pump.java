package dev.fleetline.local.sources;

/** Something that fetches work for a function, one round after the other. */
public interface Pump {

    /** What a round found. */
    enum Found {
        /** Something, and it was handed over; there may be more. */
        WORK,
        /** Something that is to be tried again, though not yet. */
        WAITING,
        NOTHING
    }

    /** Fetches once and hands over what there is. */
    Found round();
}
