package dev.fleetline.thingspacesimulator.web;

/** Answers calls to one method and path; may throw a {@link Refusal} instead. */
@FunctionalInterface
public interface Endpoint {

    /** Answers one call. */
    Answer answer(Call call);
}
