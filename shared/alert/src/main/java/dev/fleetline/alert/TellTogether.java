package dev.fleetline.alert;

import dev.fleetline.alert.AlertBook.Basis;
import dev.fleetline.alert.AlertEvents.Because;
import dev.fleetline.alert.AlertLife.Occasion;
import dev.fleetline.alert.AlertLife.Step;
import dev.fleetline.alert.Occurrence.Found;
import dev.fleetline.device.Condition;
import dev.fleetline.device.Consequences;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetevents.Outgoing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Moves the alerts of a site, a cell, the fleet or the platform on by what a pass has found. Each change is one
 * transaction with the pass's claim and the event that tells it, so a pass that has lost its claim tells nothing.
 */
public final class TellTogether {

    private static final int TRIES = 10;

    private final AlertBook alerts;
    private final AlertLife life;
    private final Announcer announcer;
    private final AlertEvents events;
    private final String account;
    private final String module;
    private final InstantSource clock;

    /** {@code account} stands in the events of what is of no single device; the rest as for {@link JudgeDevice}. */
    public TellTogether(
            AlertBook alerts,
            AlertSettings settings,
            Announcer announcer,
            String account,
            String module,
            String runbooks,
            InstantSource clock) {
        this.alerts = alerts;
        this.life = new AlertLife(settings);
        this.announcer = announcer;
        this.events = new AlertEvents(runbooks);
        this.account = account;
        this.module = module;
        this.clock = clock;
    }

    /** The pass that has found something, and by which claim it is the one that tells. */
    public record Pass(String sweepId, String claim, String holder) {}

    /** What has come of it. */
    public sealed interface Told {
        /** It holds, and this is its alert: devices under it are told by it. */
        record Holds(Alert.Open alert, boolean isNew) implements Told {}

        /** It does not hold; {@code hasEnded} when it did until now, and devices under it must be told one by one. */
        record Over(boolean hasEnded) implements Told {}

        /** The pass is not ours any more. */
        record NotOurs() implements Told {}
    }

    public Told run(Trouble trouble, Pass pass) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Instant now = clock.instant();
            Alert stored = stored(trouble.subject(), trouble.condition());
            Step step = life.next(stored, Found.of(trouble.finding(now), Occasion.SWEEP), now);
            var because = new Because(now, Optional.of(pass.sweepId()), pass.sweepId());
            switch (step) {
                case Step.Unchanged _, Step.AlreadyOver _, Step.StillHolds _, Step.Refused _ -> {
                    return stored instanceof Alert.Open open ? new Told.Holds(open, false) : new Told.Over(false);
                }
                case Step.GoesOn(var next, var word, var _) -> {
                    Consequences telling = Consequences.telling(word
                            .map(said ->
                                    Outgoing.of(module, now, events.of(account, stored, next, trouble, said, because)))
                            .stream()
                            .toList());
                    switch (write(next, pass, telling)) {
                        case STORED -> {
                            return new Told.Holds(next.at(next.version() + 1), !(stored instanceof Alert.Open));
                        }
                        case NOT_OURS -> {
                            return new Told.NotOurs();
                        }
                        case CHANGED -> {}
                    }
                }
                case Step.Ends(var last, var next, var word) -> {
                    Consequences telling = new Consequences(
                            List.of(AlertEvents.ended(last, "", module, now)),
                            word
                                    .map(said -> Outgoing.of(
                                            module, now, events.of(account, stored, last, trouble, said, because)))
                                    .stream()
                                    .toList());
                    switch (write(next, pass, telling)) {
                        case STORED -> {
                            return new Told.Over(true);
                        }
                        case NOT_OURS -> {
                            return new Told.NotOurs();
                        }
                        case CHANGED -> {}
                    }
                }
            }
        }
        throw new IllegalStateException("alert " + trouble.condition() + " of "
                + trouble.subject().about() + " changed " + TRIES + " times while it was told");
    }

    /** Reminds of an alert that is due, as far as it still is; what is true of its subject now, the next pass finds out. */
    public Told remind(AlertBook.Entry due, Pass pass) {
        return stored(due.subject(), due.condition()) instanceof Alert.Open open
                ? run(Trouble.still(open), pass)
                : new Told.Over(false);
    }

    private Alert stored(Subject subject, Condition condition) {
        return alerts.of(subject).stream()
                .filter(alert -> alert.condition() == condition)
                .findFirst()
                .orElseGet(() -> new Alert.Never(subject, condition));
    }

    private AlertBook.Written write(Alert next, Pass pass, Consequences consequences) {
        AlertBook.Written written = alerts.write(next, new Basis.OnPass(pass.claim(), pass.holder()), consequences);
        if (written == AlertBook.Written.STORED) {
            announcer.publishStored(consequences.events());
        }
        return written;
    }
}
