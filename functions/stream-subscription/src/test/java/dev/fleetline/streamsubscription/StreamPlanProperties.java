package dev.fleetline.streamsubscription;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.carrier.CarrierStreams.Health;
import dev.fleetline.carrier.CarrierStreams.Subscription;
import dev.fleetline.carrier.CarrierStreams.Target;
import dev.fleetline.carrier.OurAddresses;
import dev.fleetline.carrier.OurStreams;
import dev.fleetline.streamsubscription.StreamPlan.Found;
import dev.fleetline.streamsubscription.StreamPlan.Step;
import dev.fleetline.streamsubscription.StreamPlan.Wanted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** From whatever an account holds to what is wanted. */
class StreamPlanProperties {

    private static final String ADDRESS = "https://rx.example.test/unguessable/stream";
    private static final String OLD_ADDRESS = "https://rx.example.test/an-older-path/stream";
    private static final String THEIRS = "https://elsewhere.example.test/stream";
    private static final OurStreams OURS = new OurStreams(new OurAddresses("rx.example.test"));
    private static final List<String> NAMES = List.of("current", "pending", "older", "fleetline");
    private static final List<String> KINDS = List.of("ts.event", "ts.event.diagnostics", "ts.event.security");
    private static final Health DISABLED = new Health("", Optional.empty(), 0, 0, 0, true);

    @Property
    void the_steps_lead_to_what_is_wanted_and_to_nothing_else(
            @ForAll("accounts") Account account, @ForAll("wanted") Wanted wanted) {
        StreamPlan plan = account.plan(wanted);
        plan.steps().forEach(account::take);

        for (String kind : wanted.kinds()) {
            List<Subscription> ofTheKind = account.feedingUs().stream()
                    .filter(subscription -> subscription.streamKind().equals(kind))
                    .toList();
            if (plan.taken().contains(kind)) {
                assertThat(ofTheKind).as(kind).hasSizeLessThanOrEqualTo(1).allMatch(subscription -> subscription
                        .health()
                        .disabled());
            } else {
                assertThat(ofTheKind).as(kind).singleElement().satisfies(subscription -> {
                    assertThat(subscription.health().disabled()).isFalse();
                    Target target = account.target(subscription.targetId());
                    assertThat(target.address()).isEqualTo(ADDRESS);
                    assertThat(target.name()).isIn("current", wanted.pending().orElse("current"));
                });
            }
        }
        assertThat(account.feedingUs()).extracting(Subscription::streamKind).isSubsetOf(wanted.kinds());
        assertThat(account.ours()).allSatisfy(target -> {
            assertThat(target.address()).isEqualTo(ADDRESS);
            assertThat(target.name()).isIn("current", wanted.pending().orElse("current"));
        });
    }

    @Property
    void what_is_not_ours_stays_as_it_is(@ForAll("accounts") Account account, @ForAll("wanted") Wanted wanted) {
        var targets = account.foreignTargets();
        var subscriptions = account.foreignSubscriptions();

        account.plan(wanted).steps().forEach(account::take);

        assertThat(account.foreignTargets()).isEqualTo(targets);
        assertThat(account.foreignSubscriptions()).isEqualTo(subscriptions);
    }

    @Property
    void a_second_time_there_is_nothing_to_do(@ForAll("accounts") Account account, @ForAll("wanted") Wanted wanted) {
        account.plan(wanted).steps().forEach(account::take);

        assertThat(account.plan(wanted).steps()).isEmpty();
    }

    /** Wherever it stops, the next plan comes to the same end. */
    @Property
    void a_plan_that_was_carried_out_in_part_is_taken_up(
            @ForAll("accounts") Account account, @ForAll("wanted") Wanted wanted, @ForAll int part) {
        List<Step> steps = account.plan(wanted).steps();
        steps.stream().limit(Math.floorMod(part, steps.size() + 1)).forEach(account::take);

        account.plan(wanted).steps().forEach(account::take);

        assertThat(account.plan(wanted).steps()).isEmpty();
    }

    @Property
    void tearing_down_leaves_nothing_of_ours_and_all_of_theirs(@ForAll("accounts") Account account) {
        var targets = account.foreignTargets();
        var subscriptions = account.foreignSubscriptions();

        StreamPlan.ofTearingDown(account.found(), OURS).steps().forEach(account::take);

        assertThat(account.ours()).isEmpty();
        assertThat(account.foreignTargets()).isEqualTo(targets);
        assertThat(account.foreignSubscriptions()).isEqualTo(subscriptions);
    }

    @Provide
    Arbitrary<Wanted> wanted() {
        return Combinators.combine(
                        Arbitraries.of(Optional.of("pending"), Optional.<String>empty()),
                        Arbitraries.of(KINDS).list().ofMinSize(1).ofMaxSize(3))
                .as((pending, kinds) -> new Wanted(ADDRESS, "current", pending, kinds));
    }

    @Provide
    Arbitrary<Account> accounts() {
        Arbitrary<Made> made = Combinators.combine(
                        Arbitraries.of(ADDRESS, ADDRESS, OLD_ADDRESS, THEIRS),
                        Arbitraries.of(NAMES),
                        Arbitraries.integers().between(0, 3))
                .as(Made::new);
        Arbitrary<Fed> fed = Combinators.combine(
                        Arbitraries.of(KINDS),
                        Arbitraries.integers().between(0, 6),
                        Arbitraries.of(Health.UNTRIED, DISABLED),
                        Arbitraries.integers().between(0, 3))
                .as(Fed::new);
        return Combinators.combine(made.list().ofMaxSize(5), fed.list().ofMaxSize(5), Arbitraries.of(true, false))
                .as(Account::of);
    }

    private record Made(String address, String name, int minute) {}

    private record Fed(String kind, int target, Health health, int minute) {}

    /** An account of the platform: a subscription of each kind at most, and none without a target. */
    private static final class Account {

        private static final int MADE = 9;

        private final Map<String, Target> targets = new LinkedHashMap<>();
        private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
        private Optional<String> made = Optional.empty();
        private int ids;

        /** {@code strict}: the platform has kept its rule of one subscription of a kind so far. */
        static Account of(List<Made> targets, List<Fed> subscriptions, boolean strict) {
            var account = new Account();
            targets.forEach(one -> account.target(one.name(), one.address(), one.minute()));
            for (Fed one : subscriptions) {
                boolean isThere = account.subscriptions.values().stream()
                        .anyMatch(other -> other.streamKind().equals(one.kind()));
                if (!(strict && isThere)) {
                    String id = "subscription-" + ++account.ids;
                    account.subscriptions.put(
                            id,
                            new Subscription(
                                    id, "any", one.kind(), "target-" + one.target(), at(one.minute()), one.health()));
                }
            }
            return account;
        }

        StreamPlan plan(Wanted wanted) {
            made = Optional.empty();
            return StreamPlan.of(wanted, found(), OURS);
        }

        Found found() {
            return new Found(List.copyOf(targets.values()), List.copyOf(subscriptions.values()));
        }

        void take(Step step) {
            switch (step) {
                case Step.CreateTarget(var name, var address) -> made = Optional.of(target(name, address, MADE));
                case Step.Move(var subscription, var to) -> {
                    assertThat(subscriptions).containsKey(subscription.id());
                    subscriptions.put(
                            subscription.id(),
                            new Subscription(
                                    subscription.id(),
                                    subscription.name(),
                                    subscription.streamKind(),
                                    there(to),
                                    subscription.createdAt(),
                                    subscription.health()));
                }
                case Step.DeleteSubscription(var id, var _) ->
                    assertThat(subscriptions.remove(id)).isNotNull();
                case Step.Subscribe(var kind, var to) -> {
                    assertThat(subscriptions.values())
                            .extracting(Subscription::streamKind)
                            .doesNotContain(kind);
                    String id = "subscription-" + ++ids;
                    subscriptions.put(id, new Subscription(id, "made", kind, there(to), at(MADE)));
                }
                case Step.DeleteTarget(var id, var _) -> {
                    assertThat(targets.remove(id)).isNotNull();
                    assertThat(subscriptions.values())
                            .extracting(Subscription::targetId)
                            .doesNotContain(id);
                }
            }
        }

        Target target(String id) {
            return requireNonNull(targets.get(id), id);
        }

        private String there(Optional<String> target) {
            String id = target.or(() -> made).orElseThrow();
            assertThat(targets).containsKey(id);
            return id;
        }

        private String target(String name, String address, int minute) {
            String id = (minute == MADE ? "made-" : "target-") + ++ids;
            targets.put(id, new Target(id, name, address, at(minute)));
            return id;
        }

        List<Target> ours() {
            return OURS.of(List.copyOf(targets.values()));
        }

        List<Subscription> feedingUs() {
            return OurStreams.feeding(ours(), List.copyOf(subscriptions.values()));
        }

        List<Target> foreignTargets() {
            var all = new ArrayList<>(targets.values());
            all.removeAll(ours());
            return all;
        }

        Set<Subscription> foreignSubscriptions() {
            return subscriptions.values().stream()
                    .filter(one -> !feedingUs().contains(one))
                    .collect(Collectors.toSet());
        }

        private static Instant at(int minute) {
            return Instant.parse("2026-03-02T15:00:00Z").plusSeconds(60L * minute);
        }

        @Override
        public String toString() {
            return found().toString();
        }
    }
}
