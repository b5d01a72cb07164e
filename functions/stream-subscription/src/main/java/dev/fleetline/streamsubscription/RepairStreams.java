package dev.fleetline.streamsubscription;

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
import dev.fleetline.carrier.OurStreams;
import dev.fleetline.carrier.TargetNames;
import dev.fleetline.streamsubscription.StreamPlan.Found;
import dev.fleetline.streamsubscription.StreamPlan.Step;
import dev.fleetline.streamsubscription.StreamPlan.Wanted;
import dev.fleetline.tokens.TokenRealm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Carries out a {@link StreamPlan} on one platform. After each round it looks again and plans anew: an answer may be
 * lost, a platform may say yes and do nothing, and somebody else may be at it. Where a carrier cannot move a
 * subscription, or only says that it did, it is deleted and made anew, which {@link TakenAway} sees to the end.
 */
final class RepairStreams {

    private final Platform platform;
    private final OurStreams ours;
    private final TargetNames names;
    private final FreshToken freshToken;
    private final Consumer<Duration> pause;

    RepairStreams(
            Platform platform, OurStreams ours, TargetNames names, FreshToken freshToken, Consumer<Duration> pause) {
        this.platform = platform;
        this.ours = ours;
        this.names = names;
        this.freshToken = freshToken;
        this.pause = pause;
    }

    /**
     * Who streams.
     *
     * @param name {@code core} or {@code cloud-connector}
     * @param realm whose token it wants
     */
    record Platform(String name, TokenRealm realm, CarrierStreams streams) {}

    /** Everything that the account has, or why that is not known. */
    sealed interface Look {
        record Seen(Found found) implements Look {}

        /** {@code isRefused}: that is not for now only, as with a token that lacks a scope. */
        record Unknown(String why, boolean isRefused) implements Look {}
    }

    String part() {
        return platform.name();
    }

    TokenRealm realm() {
        return platform.realm();
    }

    /** Asks for all that there is. */
    Look look() {
        CarrierReply<List<Target>> targets = ask(platform.streams()::targets);
        if (!(targets instanceof Ok<List<Target>>(var allTargets))) {
            return unknown("listing the targets: ", targets);
        }
        CarrierReply<List<Subscription>> subscriptions = ask(platform.streams()::subscriptions);
        return subscriptions instanceof Ok<List<Subscription>>(var allSubscriptions)
                ? new Look.Seen(new Found(allTargets, allSubscriptions))
                : unknown("listing the subscriptions: ", subscriptions);
    }

    private static Look unknown(String asking, CarrierReply<?> reply) {
        return new Look.Unknown(asking + reply.words(), reply instanceof Refused<?>);
    }

    /** What a repair would do. */
    PartReply difference(Wanted wanted) {
        return switch (look()) {
            case Look.Unknown(var why, var _) -> PartReply.failed(part(), List.of(), why);
            case Look.Seen(var found) -> {
                StreamPlan plan = StreamPlan.of(wanted, asMade(found), ours);
                yield PartReply.planned(
                        part(), plan.steps().stream().map(Step::words).toList(), taken(plan));
            }
        };
    }

    /** Has everything as wanted; {@code key} is what a new target shall show. */
    PartReply run(Wanted wanted, String key) {
        return run(found -> StreamPlan.of(wanted, found, ours), key);
    }

    /** Deletes whatever is ours. */
    PartReply tearDown() {
        return run(found -> StreamPlan.ofTearingDown(found, ours), "");
    }

    private PartReply run(Planner planner, String key) {
        List<String> done = new ArrayList<>();
        var taken = new TakenAway(pause);
        Optional<String> no = Optional.empty();
        for (int round = 1; ; round++) {
            no.ifPresent(_ -> taken.waits());
            switch (look()) {
                case Look.Unknown(var why, var _) -> no = Optional.of(why);
                case Look.Seen(var found) -> {
                    StreamPlan plan = planner.plan(asMade(found));
                    if (plan.isEmpty()) {
                        return PartReply.done(part(), done, taken(plan));
                    }
                    taken.isOnly(plan.toSubscribe());
                    if (taken.isWorthRound(round)) {
                        taken.mayBe(plan.toReplace());
                        no = new Round(key, round == 1, done).carryOut(plan.steps());
                    }
                }
            }
            if ((no.isPresent() && taken.isNothing()) || !taken.isWorthRound(round)) {
                return taken.ended(
                        part(), done, no.orElse("the platform said yes, and not everything is as it should be"));
            }
        }
    }

    /** With those targets that are ours, under the names that we gave them. */
    private Found asMade(Found found) {
        return new Found(names.asMade(ours.of(found.targets())), found.subscriptions());
    }

    private interface Planner {
        StreamPlan plan(Found found);
    }

    private static List<String> taken(StreamPlan plan) {
        return plan.taken().stream()
                .sorted()
                .map(kind -> "somebody else's subscription has the kind " + kind + ", and an account has one of a kind")
                .toList();
    }

    private <T> CarrierReply<T> ask(Supplier<CarrierReply<T>> call) {
        return freshToken.ask(platform.realm(), call);
    }

    /** One plan on its way. */
    private final class Round {

        private final String key;
        private final boolean moves;
        private final List<String> done;
        private Optional<String> made = Optional.empty();

        Round(String key, boolean moves, List<String> done) {
            this.key = key;
            this.moves = moves;
            this.done = done;
        }

        /** Why it cannot go on; empty when it came to its end, or when only another look can tell how to go on. */
        Optional<String> carryOut(List<Step> steps) {
            for (Step step : steps) {
                CarrierReply<String> reply = take(step);
                switch (reply) {
                    case Ok<String> _ -> done.add(step.words());
                    case AlreadyDone<String> _ -> {
                        if (step instanceof Step.Subscribe || step instanceof Step.Move) {
                            // there is one of that kind that was not there when it was planned
                            return Optional.empty();
                        }
                    }
                    case Unclear<String> _ -> {
                        return Optional.empty();
                    }
                    case Refused<String> _, TryLater<String> _, TokenRefused<String> _ -> {
                        return Optional.of(step.words() + ": " + reply.words());
                    }
                }
            }
            return Optional.empty();
        }

        private CarrierReply<String> take(Step step) {
            return switch (step) {
                case Step.CreateTarget(var name, var address) -> {
                    CarrierReply<String> reply =
                            ask(() -> platform.streams().createTarget(new StreamTarget(name, address, key)));
                    if (reply instanceof Ok<String>(var id)) {
                        made = Optional.of(id);
                        names.isMade(id, name);
                    }
                    yield reply;
                }
                case Step.Move(var subscription, var to) -> move(subscription, target(to));
                case Step.DeleteSubscription(var id, var _) -> delete(id);
                case Step.Subscribe(var kind, var to) -> subscribe(kind, target(to), OurStreams.SUBSCRIPTION_NAME);
                case Step.DeleteTarget(var id, var _) ->
                    ask(() -> platform.streams().deleteTarget(id));
            };
        }

        private CarrierReply<String> move(Subscription subscription, String target) {
            if (moves) {
                CarrierReply<String> reply = ask(() -> platform.streams().moveSubscription(subscription.id(), target));
                if (!(reply instanceof Refused<String>)) {
                    return reply;
                }
            }
            CarrierReply<String> deleted = delete(subscription.id());
            return deleted instanceof Ok<String> || deleted instanceof AlreadyDone<String>
                    ? subscribe(subscription.streamKind(), target, subscription.name())
                    : deleted;
        }

        private CarrierReply<String> delete(String id) {
            return ask(() -> platform.streams().deleteSubscription(id));
        }

        private CarrierReply<String> subscribe(String kind, String target, String name) {
            return ask(() -> platform.streams().createSubscription(target, kind, name));
        }

        private String target(Optional<String> planned) {
            return planned.or(() -> made)
                    .orElseThrow(() -> new IllegalStateException("the plan makes no target that it needs"));
        }
    }
}
