package dev.fleetline.callbacksecretrotation;

import static dev.fleetline.callbacksecretrotation.Answers.done;
import static dev.fleetline.callbacksecretrotation.Answers.value;

import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.AlreadyDone;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.CarrierReply.TokenRefused;
import dev.fleetline.carrier.CarrierReply.TryLater;
import dev.fleetline.carrier.CarrierReply.Unclear;
import dev.fleetline.carrier.CarrierStreams;
import dev.fleetline.carrier.CarrierStreams.StreamTarget;
import dev.fleetline.carrier.CarrierStreams.Subscription;
import dev.fleetline.carrier.CarrierStreams.Target;
import dev.fleetline.carrier.FreshToken;
import dev.fleetline.carrier.OurAddresses;
import dev.fleetline.carrier.OurStreams;
import dev.fleetline.carrier.TargetNames;
import dev.fleetline.tokens.TokenRealm;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves our stream to a target with a new key. A target's key cannot be changed, so each version of the secret has a
 * target of its own, which is found again by the name that we gave it ({@link TargetNames}); everything else is read off
 * the platform, so that a repetition goes on where the last try stopped. What is not ours by {@link OurStreams} is not
 * touched.
 */
final class StreamMove {

    private static final Logger LOG = LoggerFactory.getLogger(StreamMove.class);

    private final CarrierStreams streams;
    private final OurStreams ours;
    private final TargetNames names;
    private final FreshToken freshToken;

    StreamMove(CarrierStreams streams, OurAddresses addresses, TargetNames names, FreshToken freshToken) {
        this.streams = streams;
        this.ours = new OurStreams(addresses);
        this.names = names;
        this.freshToken = freshToken;
    }

    /** While no subscription was there, reports went nowhere: from and to when. */
    record Gap(Instant from, Instant to) {}

    /** How it stands on the platform. */
    sealed interface Standing {
        /** We have no target there: nothing is streamed to us, so there is nothing to move. */
        record NoStream() implements Standing {}

        /** Other targets of ours are fed, and none of this version is there. */
        record NotBegun() implements Standing {}

        /** The target of this version is there and is not (alone) fed. */
        record HalfWay(String why) implements Standing {}

        /** All that is streamed to us goes to the target of this version. */
        record Moved() implements Standing {}
    }

    /** When the target of this version was made; empty when there is none. */
    Optional<Instant> toldAt(String versionId) {
        return named(ours(), versionId).map(Target::createdAt);
    }

    /**
     * Has everything that is streamed to us sent to the target of this version.
     *
     * @return the time in which nothing was sent, where the subscription had to be deleted and made anew
     */
    Optional<Gap> to(String versionId, String key) {
        List<Target> before = ours();
        if (before.isEmpty()) {
            return Optional.empty();
        }
        if (named(before, versionId).isEmpty()) {
            var wanted = new StreamTarget(OurStreams.nameOf(versionId), address(before), key);
            names.isMade(value("a new target", ask(() -> streams.createTarget(wanted))), wanted.name());
        }
        List<Target> ours = ours();
        Target target = named(ours, versionId)
                .orElseThrow(() -> new StepRefused("the new target is not listed yet; it is tried again"));
        for (Subscription subscription : feedingOthers(ours, target)) {
            move(subscription, target);
        }
        // a platform may say yes and do nothing
        for (Subscription subscription : feedingOthers(ours, target)) {
            replace(subscription, target);
        }
        if (feeding(ours).isEmpty()) {
            // an earlier try died between deleting and making anew, or somebody deleted it: all events hold what it had
            subscribe(target, OurStreams.ALL_EVENTS, OurStreams.SUBSCRIPTION_NAME);
        }
        return feeding(ours).stream()
                .filter(subscription -> !subscription.createdAt().isBefore(target.createdAt()))
                .max(Comparator.comparing(Subscription::createdAt))
                .map(made -> new Gap(target.createdAt(), made.createdAt()));
    }

    /** How it stands for this version. */
    Standing standing(String versionId) {
        List<Target> ours = ours();
        if (ours.isEmpty()) {
            return new Standing.NoStream();
        }
        Optional<Target> target = named(ours, versionId);
        if (target.isEmpty()) {
            return new Standing.NotBegun();
        }
        List<Subscription> feeding = feeding(ours);
        if (feeding.isEmpty()) {
            return new Standing.HalfWay("no subscription feeds the target of this version");
        }
        return feeding.stream()
                        .allMatch(subscription ->
                                subscription.targetId().equals(target.get().id()))
                ? new Standing.Moved()
                : new Standing.HalfWay("a subscription still feeds another target of ours");
    }

    /**
     * Deletes targets of ours that nothing feeds, but for that of this version. What cannot be deleted does no harm, and
     * the next rotation finds it.
     */
    void leaveNothingBehind(String versionId) {
        CarrierReply<List<Target>> reply = ask(streams::targets);
        if (reply instanceof Ok<List<Target>>(var targets)) {
            deleteUnused(names.asMade(ours.of(targets)), versionId);
        } else {
            LOG.warn("replaced targets are left for the next rotation: {}", reply.words());
        }
    }

    private void deleteUnused(List<Target> ours, String versionId) {
        Optional<Target> kept = named(ours, versionId);
        if (kept.isEmpty() || ours.size() == 1) {
            return;
        }
        CarrierReply<List<Subscription>> reply = ask(streams::subscriptions);
        if (reply instanceof Ok<List<Subscription>>(var subscriptions)) {
            Set<String> fed = subscriptions.stream().map(Subscription::targetId).collect(Collectors.toSet());
            ours.stream()
                    .filter(target -> !fed.contains(target.id()))
                    .filter(target -> !target.id().equals(kept.get().id()))
                    .forEach(this::delete);
        } else {
            LOG.warn("replaced targets are left for the next rotation: {}", reply.words());
        }
    }

    private void delete(Target target) {
        CarrierReply<String> reply = ask(() -> streams.deleteTarget(target.id()));
        switch (reply) {
            case Ok<String> _, AlreadyDone<String> _ -> LOG.info("a replaced target was deleted");
            case Refused<String> _, TryLater<String> _, TokenRefused<String> _, Unclear<String> _ ->
                LOG.warn("a replaced target is left for the next rotation: {}", reply.words());
        }
    }

    private void move(Subscription subscription, Target target) {
        CarrierReply<String> reply = ask(() -> streams.moveSubscription(subscription.id(), target.id()));
        switch (reply) {
            case Ok<String> _, AlreadyDone<String> _ -> {}
            case Refused<String>(var code, var _, var _) ->
                LOG.info("the platform does not move a subscription ({}): it is deleted and made anew", code);
            // whether it was moved, the next look at the list tells
            case Unclear<String> _ ->
                LOG.warn("the platform does not say whether it moved a subscription: {}", reply.words());
            case TryLater<String> _, TokenRefused<String> _ -> done("moving the stream", reply);
        }
    }

    private void replace(Subscription subscription, Target target) {
        done("deleting the subscription", ask(() -> streams.deleteSubscription(subscription.id())));
        subscribe(target, subscription.streamKind(), subscription.name());
    }

    private void subscribe(Target target, String streamKind, String name) {
        CarrierReply<String> reply = ask(() -> streams.createSubscription(target.id(), streamKind, name));
        if (reply instanceof AlreadyDone<String>) {
            throw new StepRefused("making the subscription anew: the account has another one of kind " + streamKind
                    + ", which feeds no target of ours; delete it, or leave the stream to it");
        }
        value("making the subscription anew", reply);
    }

    private <T> CarrierReply<T> ask(Supplier<CarrierReply<T>> call) {
        return freshToken.ask(TokenRealm.CORE, call);
    }

    private List<Subscription> feedingOthers(List<Target> ours, Target target) {
        return feeding(ours).stream()
                .filter(subscription -> !subscription.targetId().equals(target.id()))
                .toList();
    }

    private List<Subscription> feeding(List<Target> ours) {
        return OurStreams.feeding(ours, value("listing the subscriptions", ask(streams::subscriptions)));
    }

    private List<Target> ours() {
        return names.asMade(ours.of(value("listing the targets", ask(streams::targets))));
    }

    /** Where it is sent to now; where nothing is, where it was last to be sent to. */
    private String address(List<Target> ours) {
        Set<String> fed = feeding(ours).stream().map(Subscription::targetId).collect(Collectors.toSet());
        Comparator<Target> fedLast = Comparator.comparing(target -> fed.contains(target.id()));
        return ours.stream()
                .max(fedLast.thenComparing(Target::createdAt).thenComparing(Target::id))
                .map(Target::address)
                .orElseThrow(() -> new IllegalArgumentException("no target of ours"));
    }

    private static Optional<Target> named(List<Target> ours, String versionId) {
        return OurStreams.named(ours, OurStreams.nameOf(versionId));
    }
}
