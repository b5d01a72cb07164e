package dev.fleetline.thingspacesimulator.clock;

import java.util.List;

/** Does what is due by now, what that sets off in other threads included. */
public final class Settlement {

    /** A clock that runs has something due again and again; what is sent again is so ten times at most. */
    private static final int ROUNDS = 25;

    private final Agenda agenda;
    private final List<Runnable> drains;

    /**
     * Settles that agenda.
     *
     * @param drains each returns when what was under way at the call is done
     */
    public Settlement(Agenda agenda, List<Runnable> drains) {
        this.agenda = agenda;
        this.drains = List.copyOf(drains);
    }

    /**
     * Does all that is due by now, resends included, and returns when it is done. Somebody else may be at the agenda, too: it is
     * done when nothing is due and nobody has taken anything up meanwhile.
     */
    public void settle() {
        for (int round = 0; round < ROUNDS; round++) {
            long before = agenda.taken();
            agenda.settle();
            drains.forEach(Runnable::run);
            if (!agenda.isDue() && agenda.taken() == before) {
                return;
            }
        }
    }
}
