package dev.fleetline.fleetevents;

import dev.fleetline.claims.Claims;
import dev.fleetline.claims.Claims.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Says how something is whenever that changes, and nothing in between.
 *
 * <p>Each change is one telling with an id and a moment of its own. They are claimed before the event is announced, and
 * that it was announced is noted afterwards: who dies in between loses nothing, because the next look finds a telling that
 * is not noted and says it again, as the same event.
 */
public final class TellState {

    /** Longer than anything stays as it is. */
    private static final Duration FOR_GOOD = Duration.ofDays(3_650);

    private static final String OVER = "OVER";

    private final String module;
    private final Claims claims;
    private final Announcer announcer;

    /** For what {@code module} ({@code stream-subscription}) tells. */
    public TellState(String module, Claims claims, Announcer announcer) {
        this.module = module;
        this.claims = claims;
        this.announcer = announcer;
    }

    /**
     * What an event is made of, so that it is the same event should it be announced again.
     *
     * @param since when the state was first seen
     */
    public record Telling(String state, Instant since, String holder) {

        /** No other telling of the topic has it. */
        public String id() {
            return state + "#" + since + "#" + holder;
        }

        private static Telling of(String id) {
            String[] parts = id.split("#", 3);
            return new Telling(parts[0], Instant.parse(parts[1]), parts[2]);
        }
    }

    /**
     * Tells how a topic is, unless just that was told of it last.
     *
     * @param state in a word without {@code #}; what the event tells besides may differ without being news
     * @param holder an id of this invocation
     */
    public void tell(String topic, String state, Function<Telling, FleetEvent> event, String holder, Instant now) {
        new Look(topic, now).say(new Telling(state, now, holder), event);
    }

    /** Says that what was told of a topic is over, if anything was. */
    public void tellOver(String topic, Function<Telling, FleetEvent> event, String holder, Instant now) {
        var look = new Look(topic, now);
        if (look.last.isPresent()) {
            look.say(new Telling(OVER, now, holder), event);
        }
    }

    /** What was told of a topic, or is about to be; empty when nothing was or when it is over. */
    public Optional<Telling> last(String topic, Instant now) {
        return new Look(topic, now).last.filter(telling -> !telling.state().equals(OVER));
    }

    /** What the claims say of a topic. */
    private final class Look {

        private final String topic;
        private final Instant now;
        private final Optional<Telling> told;
        private final Optional<Telling> last;

        Look(String topic, Instant now) {
            this.topic = topic;
            this.now = now;
            told = claims.holder("said#" + topic, now).map(Telling::of);
            last = claims.holder("telling#" + topic, now).map(Telling::of).or(() -> told);
        }

        void say(Telling wanted, Function<Telling, FleetEvent> event) {
            Optional<Telling> same = last.filter(it -> it.state().equals(wanted.state()));
            if (same.isPresent() && same.equals(told)) {
                return;
            }
            Telling telling = claimed(same.orElse(wanted));
            announcer.announce(List.of(Outgoing.of(module, now, event.apply(telling))));
            told.ifPresent(before -> claims.release("said#" + topic, before.id()));
            claims.lease("said#" + topic, telling.id(), now, FOR_GOOD);
        }

        /** Somebody else may just have begun to tell the same: then it is theirs that is told. */
        private Telling claimed(Telling wanted) {
            String claim = "telling#" + topic;
            return switch (claims.lease(claim, wanted.id(), now, FOR_GOOD)) {
                case Lease.Granted _ -> wanted;
                case Lease.Taken(var by, var _) when Telling.of(by).state().equals(wanted.state()) -> Telling.of(by);
                case Lease.Taken(var by, var _) -> {
                    claims.release(claim, by);
                    yield claimed(wanted);
                }
            };
        }
    }
}
