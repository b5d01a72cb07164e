package dev.fleetline.streamsubscription;

import dev.fleetline.carrier.CarrierStreams.Subscription;
import dev.fleetline.carrier.CarrierStreams.Target;
import dev.fleetline.carrier.OurAddresses;
import dev.fleetline.carrier.OurStreams;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What must be done, in this order, so that the streams are as wanted: what is missing is made, what differs is put
 * right, what is ours and of no use is deleted, subscriptions before targets. What is not ours is in no step.
 *
 * @param taken kinds that nothing feeds us because somebody else has subscribed to them: an account has one
 *     subscription of a kind, so ours cannot be made until theirs is gone
 */
record StreamPlan(List<Step> steps, Set<String> taken) {

    StreamPlan {
        steps = List.copyOf(steps);
        taken = Set.copyOf(taken);
    }

    /**
     * What there shall be.
     *
     * @param address where every stream shall be sent
     * @param name of the target that has the current key
     * @param pending of the target that a rotation under way may have made; it is as good
     * @param kinds of events, one subscription for each
     */
    record Wanted(String address, String name, Optional<String> pending, List<String> kinds) {
        Wanted {
            kinds = List.copyOf(kinds);
        }

        private boolean isGood(Target target) {
            return OurAddresses.isSame(target.address(), address)
                    && (target.name().equals(name) || pending.equals(Optional.of(target.name())));
        }
    }

    /** What there is: everything of the account. */
    record Found(List<Target> targets, List<Subscription> subscriptions) {
        Found {
            targets = List.copyOf(targets);
            subscriptions = List.copyOf(subscriptions);
        }
    }

    /** One call, or two where a carrier cannot move. Where {@code targetId} is empty, the target that this plan makes. */
    sealed interface Step {
        record CreateTarget(String name, String address) implements Step {}

        record Move(Subscription subscription, Optional<String> targetId) implements Step {}

        record DeleteSubscription(String id, String kind) implements Step {}

        record Subscribe(String kind, Optional<String> targetId) implements Step {}

        record DeleteTarget(String id, String name) implements Step {}

        /** For people; without addresses, whose path is a secret of ours, and without names that we did not give. */
        default String words() {
            return switch (this) {
                case CreateTarget(var name, var _) -> "create target " + name;
                case Move(var subscription, var _) ->
                    "have subscription " + subscription.streamKind() + " feed the target of the current key";
                case DeleteSubscription(var _, var kind) -> "delete subscription " + kind;
                case Subscribe(var kind, var _) -> "subscribe to " + kind;
                case DeleteTarget(var id, var name) -> "delete target " + (OurStreams.isName(name) ? name : id);
            };
        }
    }

    /** Whether everything is as wanted, as far as it can be. */
    boolean isEmpty() {
        return steps.isEmpty();
    }

    /** Kinds that nothing feeds us and that shall. */
    List<String> toSubscribe() {
        return steps.stream()
                .flatMap(step -> step instanceof Step.Subscribe(var kind, var _) ? Stream.of(kind) : Stream.empty())
                .toList();
    }

    /** Kinds whose subscription is deleted on the way to what is wanted, or may be. */
    List<String> toReplace() {
        List<String> made = toSubscribe();
        return steps.stream()
                .flatMap(step -> switch (step) {
                    case Step.Move(var subscription, var _) -> Stream.of(subscription.streamKind());
                    case Step.DeleteSubscription(var _, var kind) ->
                        Stream.of(kind).filter(made::contains);
                    case Step.CreateTarget _, Step.Subscribe _, Step.DeleteTarget _ -> Stream.<String>empty();
                })
                .toList();
    }

    /** From what there is to what is wanted. */
    static StreamPlan of(Wanted wanted, Found found, OurStreams ownership) {
        List<Target> ours = ownership.of(found.targets());
        List<Subscription> feeding = OurStreams.feeding(ours, found.subscriptions());
        Set<String> others = found.subscriptions().stream()
                .filter(subscription -> !feeding.contains(subscription))
                .map(Subscription::streamKind)
                .collect(Collectors.toSet());
        return new Planning(wanted, ours, feeding).plan(others);
    }

    /** Nothing that is ours is left. */
    static StreamPlan ofTearingDown(Found found, OurStreams ownership) {
        List<Target> ours = ownership.of(found.targets());
        List<Step> steps = new ArrayList<>();
        OurStreams.feeding(ours, found.subscriptions()).forEach(one -> steps.add(delete(one)));
        ours.forEach(one -> steps.add(new Step.DeleteTarget(one.id(), one.name())));
        return new StreamPlan(steps, Set.of());
    }

    private static Step delete(Subscription subscription) {
        return new Step.DeleteSubscription(subscription.id(), subscription.streamKind());
    }

    private static final class Planning {

        private final Wanted wanted;
        private final List<Target> ours;
        private final List<Subscription> feeding;
        private final Set<String> good = new HashSet<>();
        private final Set<String> stillFed = new HashSet<>();
        private final List<Step> steps = new ArrayList<>();
        private final Optional<String> current;
        private boolean isCurrentNeeded;

        Planning(Wanted wanted, List<Target> ours, List<Subscription> feeding) {
            this.wanted = wanted;
            this.ours = ours;
            this.feeding = feeding;
            List<Target> goodOnes = ours.stream().filter(wanted::isGood).toList();
            goodOnes.forEach(target -> good.add(target.id()));
            current = OurStreams.named(goodOnes, wanted.name()).map(Target::id);
            current.ifPresent(stillFed::add);
        }

        StreamPlan plan(Set<String> others) {
            Set<String> taken = new TreeSet<>();
            // a kind that is wanted twice is wanted once
            List<String> kinds = wanted.kinds().stream().distinct().toList();
            for (String kind : kinds) {
                List<Subscription> mine = feeding.stream()
                        .filter(subscription -> subscription.streamKind().equals(kind))
                        .sorted(bestFirst())
                        .toList();
                boolean isTaken = others.contains(kind)
                        && mine.stream().allMatch(one -> one.health().disabled());
                if (isTaken) {
                    taken.add(kind);
                }
                if (!mine.isEmpty()) {
                    mine.stream().skip(1).forEach(spare -> steps.add(delete(spare)));
                    keep(mine.getFirst(), isTaken);
                } else if (!isTaken) {
                    subscribe(kind);
                }
            }
            feeding.stream()
                    .filter(subscription -> !kinds.contains(subscription.streamKind()))
                    .forEach(obsolete -> steps.add(delete(obsolete)));
            if (isCurrentNeeded && current.isEmpty()) {
                steps.addFirst(new Step.CreateTarget(wanted.name(), wanted.address()));
            }
            ours.stream()
                    .filter(target -> !stillFed.contains(target.id()) && !isOfARotation(target))
                    .forEach(target -> steps.add(new Step.DeleteTarget(target.id(), target.name())));
            return new StreamPlan(steps, taken);
        }

        private void keep(Subscription subscription, boolean taken) {
            if (subscription.health().disabled() && !taken) {
                steps.add(delete(subscription));
                subscribe(subscription.streamKind());
            } else if (good.contains(subscription.targetId())) {
                stillFed.add(subscription.targetId());
            } else {
                isCurrentNeeded = true;
                steps.add(new Step.Move(subscription, current));
            }
        }

        private void subscribe(String kind) {
            isCurrentNeeded = true;
            steps.add(new Step.Subscribe(kind, current));
        }

        /** One that a rotation has made and not yet moved the stream to. */
        private boolean isOfARotation(Target target) {
            return good.contains(target.id()) && !target.name().equals(wanted.name());
        }

        private Comparator<Subscription> bestFirst() {
            Comparator<Subscription> disabledLast =
                    Comparator.comparing(one -> one.health().disabled());
            return disabledLast
                    .thenComparing(one -> !good.contains(one.targetId()))
                    .thenComparing(Subscription::createdAt)
                    .thenComparing(Subscription::id);
        }
    }
}
