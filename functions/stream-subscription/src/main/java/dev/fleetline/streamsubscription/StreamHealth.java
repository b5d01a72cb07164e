package dev.fleetline.streamsubscription;

import dev.fleetline.callback.Hearing.Heard;
import dev.fleetline.carrier.CarrierStreams.Health;
import dev.fleetline.carrier.CarrierStreams.Subscription;
import dev.fleetline.carrier.CarrierStreams.Target;
import dev.fleetline.streamsubscription.ListenerDesk.Flaw;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is to be said of one stream or listener: a pure look at what the platform tells and what we have heard. */
sealed interface StreamHealth {

    /** Nothing speaks against it. */
    record Sound() implements StreamHealth {}

    /** It was never set up, so nothing is broken. */
    record NotSetUp() implements StreamHealth {}

    /**
     * Nothing reaches us by it, or soon devices will look lost.
     *
     * @param code of the reason, {@code SILENT}
     * @param since when it was last known to be well
     * @param reason in words
     * @param fix what to do first
     */
    record Broken(String code, Instant since, String reason, String fix) implements StreamHealth {}

    /**
     * When, and by which patience a source is called silent.
     *
     * @param silentAfter for so long it never is, whatever its habits
     * @param onlyByHabit whether what has no habits never is: it only answers us, so nobody knows when it should speak
     */
    record Moment(Instant now, Duration silentAfter, boolean onlyByHabit) {}

    /** Whom a callback service calls. */
    enum Calls {
        US,
        SOMEBODY_ELSE,
        NOBODY
    }

    /** So long after it was set up something should have come by a stream. */
    Duration NEVER_SENT = Duration.ofDays(1);

    /** Longer than a repair takes from the target to the subscription. */
    Duration SETTING_UP = Duration.ofMinutes(6);

    String SILENT = "SILENT";
    String REFUSED = "REFUSED";

    String REPAIR = "invoke stream-subscription with {\"task\":\"repair\"}";

    /**
     * Of a kind of events.
     *
     * @param mine the subscription of the kind that feeds us
     * @param theirs one of the kind that feeds somebody else
     * @param target one of ours, fed or not
     * @param heard what came by streams
     */
    static StreamHealth ofStream(
            Optional<Subscription> mine,
            Optional<Subscription> theirs,
            Optional<Target> target,
            Optional<Heard> heard,
            Moment moment) {
        if (mine.isPresent()) {
            return ofSubscription(mine.get(), heard, moment);
        }
        if (theirs.isPresent()) {
            return new Broken(
                    "TAKEN",
                    theirs.get().createdAt(),
                    "the account's one subscription of this kind feeds a target that is not ours",
                    "delete it in the ThingSpace portal if nobody needs it, then " + REPAIR);
        }
        return heard.<StreamHealth>map(it -> new Broken(
                        "NOT_SUBSCRIBED", it.last(), "there is no subscription any more that feeds us", REPAIR))
                .or(() -> target.map(Target::createdAt)
                        .filter(since -> since.plus(SETTING_UP).isBefore(moment.now()))
                        .map(since -> new Broken(
                                "NOT_SUBSCRIBED",
                                since,
                                "a target of ours is there and nothing feeds it: its set-up has stopped half-way",
                                REPAIR)))
                .orElseGet(NotSetUp::new);
    }

    private static StreamHealth ofSubscription(Subscription mine, Optional<Heard> heard, Moment moment) {
        Health health = mine.health();
        Instant lastWell = heard.map(Heard::last).orElse(mine.createdAt());
        if (health.disabled()) {
            return new Broken("DISABLED", lastWell, "the subscription is switched off", REPAIR);
        }
        if (health.isFailing() && !isHeardSince(heard, health.lastAt())) {
            return new Broken("FAILING", lastWell, failing(health), fixOf(health));
        }
        if (heard.isEmpty()) {
            return mine.createdAt().plus(NEVER_SENT).isBefore(moment.now())
                    ? new Broken(
                            "NEVER_SENT",
                            mine.createdAt(),
                            "it was set up and nothing has come by it; the platform "
                                    + (health.lastStatus().isEmpty()
                                            ? "says that it has never sent anything"
                                            : "says that it has sent something"),
                            "if a device of this account reports by now, look at the subscription in the ThingSpace"
                                    + " portal; if none does yet, nothing is wrong")
                    : new Sound();
        }
        return ofSource(heard, mine.createdAt(), moment);
    }

    /** A delivery that failed and one after it that came: the platform sent again, or the next report went through. */
    private static boolean isHeardSince(Optional<Heard> heard, Optional<Instant> failedAt) {
        return heard.isPresent() && failedAt.isPresent() && heard.get().last().isAfter(failedAt.get());
    }

    private static String failing(Health health) {
        return "the platform could not deliver what it sent last; failures of the network: %d, of the stream: %d, of the configuration: %d"
                .formatted(health.networkFailures(), health.streamFailures(), health.configurationFailures());
    }

    private static String fixOf(Health health) {
        int most = List.of(health.networkFailures(), health.streamFailures(), health.configurationFailures()).stream()
                .max(Integer::compare)
                .orElse(0);
        if (most == health.configurationFailures()) {
            return "look at the target: its address must be https with a certificate of a known authority; " + REPAIR;
        }
        return most == health.networkFailures()
                ? "see whether the address can be reached from outside: DNS record, certificate, API"
                : "see whom the receiver turns away: a 401 means the key differs, so " + REPAIR;
    }

    /**
     * Of a listener of a callback service.
     *
     * @param flaw why what it sends us is not let in
     * @param well since when it is well, as far as anybody knows
     */
    static StreamHealth ofListener(
            Calls calls, Optional<Flaw> flaw, Optional<Heard> heard, Instant well, Moment moment) {
        Instant lastWell = heard.map(Heard::last).orElse(moment.now());
        return switch (calls) {
            case US ->
                flaw.<StreamHealth>map(it -> new Broken(it.code(), lastWell, it.reason(), REPAIR))
                        .orElseGet(() -> ofSource(heard, well, moment));
            case SOMEBODY_ELSE ->
                new Broken(
                        "TAKEN",
                        lastWell,
                        "the service calls somebody else, and a service calls one address",
                        "agree with them: if they need it, take it out of the settings; else have them deregister it,"
                                + " then " + REPAIR);
            case NOBODY ->
                heard.isPresent()
                        ? new Broken("NOT_REGISTERED", lastWell, "the service does not call us any more", REPAIR)
                        : new NotSetUp();
        };
    }

    /**
     * Where the platform does not say what there is.
     *
     * @param isRefused whether it refuses to, for good
     * @param well since when it is well, as far as anybody knows
     */
    static Optional<Broken> ofUnknown(
            String why, boolean isRefused, Optional<Heard> heard, Instant well, Moment moment) {
        if (ofSource(heard, well, moment) instanceof Broken silent) {
            return Optional.of(silent);
        }
        return isRefused
                ? Optional.of(new Broken(
                        REFUSED,
                        heard.map(Heard::last).orElse(moment.now()),
                        why,
                        "look the code up in the runbook stream-broken; mostly the token lacks a scope, so authorise"
                                + " again with it"))
                : Optional.empty();
    }

    /** Of whatever comes from a source that is well since then but for that, whatever the platform says of it. */
    private static StreamHealth ofSource(Optional<Heard> heard, Instant well, Moment moment) {
        return heard.filter(it -> it.hasHabits() || !moment.onlyByHabit())
                .filter(it -> it.isSilent(moment.now(), moment.silentAfter(), well))
                .<StreamHealth>map(it -> new Broken(
                        SILENT,
                        it.last(),
                        silence(it, moment),
                        moment.onlyByHabit()
                                ? "see the runbook stream-broken, SILENT: who was asked nothing answers nothing"
                                : "see the runbook stream-silent: the fleet is not silent at once by itself"))
                .orElseGet(Sound::new);
    }

    private static String silence(Heard heard, Moment moment) {
        return "nothing has come for longer than " + words(heard.patience(moment.silentAfter())) + "; its usual gap is "
                + (heard.usualGap().isZero() ? "not known yet" : words(heard.usualGap()));
    }

    /** Without seconds: what is counted here takes a minute at least. */
    private static String words(Duration duration) {
        return Stream.of(
                        words(duration.toDays(), "day"),
                        words(duration.toHoursPart(), "hour"),
                        words(duration.toMinutesPart(), "minute"))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
    }

    private static Optional<String> words(long count, String what) {
        return count == 0 ? Optional.empty() : Optional.of(count + " " + what + (count == 1 ? "" : "s"));
    }
}
