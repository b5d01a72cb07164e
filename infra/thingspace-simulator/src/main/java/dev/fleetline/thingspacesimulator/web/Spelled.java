package dev.fleetline.thingspacesimulator.web;

/** One of a few choices, as the control API spells it. */
public interface Spelled {

    /** The word for it. */
    String spelling();
}
