package dev.fleetline.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.device.Device;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.testing.ScriptedCarrier.Call;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/**
 * Whatever happens in whatever order (orders, deaths at any effect, lost answers, callbacks that are lost, doubled, late
 * or contradictory, the carrier's progress, ticks of the reconciler): no activation is sent while another one of the same
 * device may have been taken, and every order ends.
 */
class OrdersEndProperties {

    /** Something that happens. */
    @FunctionalInterface
    interface Deed {
        void to(World world);
    }

    /** A deed with words for it, so that a story that fails can be read. */
    record Told(String words, Deed deed) {
        @Override
        public String toString() {
            return words;
        }
    }

    @Property(tries = 200)
    void no_story_has_two_activations_and_every_order_ends(
            @ForAll("realms") String realm, @ForAll("stories") List<Told> story, @ForAll boolean isWellInTheEnd) {
        var world = new World(realm);
        for (int device = 1; device <= World.DEVICES; device++) {
            world.order(device, false);
        }
        story.forEach(told -> told.deed().to(world));
        world.settle(isWellInTheEnd);

        assertThat(world.carrier.twice()).isEmpty();
        for (int number = 1; number <= World.DEVICES; number++) {
            int device = number;
            world.device(device).ifPresent(stored -> {
                Statistics.label("ends").collect(stored.lifecycle().name());
                assertThat(isEnd(world, device, stored))
                        .as("device %d is %s", device, stored.lifecycle())
                        .isTrue();
            });
        }
        assertThat(world.store.outbox()).isEmpty();
        Statistics.label("ends").coverage(ends -> {
            ends.check("IN_SERVICE").count(times -> times > 10);
            ends.check("STUCK").count(times -> times > 10);
            // callbacks that refuse and lines that come to nothing are seldom where most stories go well
            ends.check("FAILED").count(times -> times > 0);
        });
    }

    private static boolean isEnd(World world, int device, Device stored) {
        return switch (stored.lifecycle()) {
            case Lifecycle.InService _, Lifecycle.Failed _, Lifecycle.Rejected _ -> true;
            case Lifecycle.Stuck _ -> world.isTold(device, "STUCK");
            case Lifecycle.Parked(var reason, var _, var _) -> world.isTold(device, reason);
            // on the network by the carrier's word, and it has nothing to report with
            case Lifecycle.ActiveUnseen _ -> !world.carrier.underWay().contains(stored.imei());
            case Lifecycle.Requested _,
                    Lifecycle.Checked _,
                    Lifecycle.Registered _,
                    Lifecycle.Activating _,
                    Lifecycle.Unclear _,
                    Lifecycle.Suspended _,
                    Lifecycle.Deactivated _,
                    Lifecycle.Drifted _,
                    Lifecycle.Retired _ -> false;
        };
    }

    @Provide
    Arbitrary<String> realms() {
        return Arbitraries.of("core", "m2m");
    }

    @Provide
    Arbitrary<List<Told>> stories() {
        Arbitrary<Integer> devices = Arbitraries.integers().between(1, World.DEVICES);
        Arbitrary<Integer> places = Arbitraries.integers().between(0, 9);
        // most runs come to their end
        Arbitrary<Integer> deaths =
                Arbitraries.integers().between(0, 60).map(effect -> effect > 45 ? Lives.NEVER : effect);
        Arbitrary<Boolean> either = Arbitraries.of(true, false);

        Arbitrary<Told> order = Combinators.combine(devices, either)
                .as((device, again) ->
                        new Told("order " + device + (again ? " again" : ""), world -> world.order(device, again)));
        Arbitrary<Told> work = deaths.map(death -> new Told("work until " + death, world -> world.work(death)));
        Arbitrary<Told> tick = deaths.map(death -> new Told("tick until " + death, world -> world.tick(death)));
        Arbitrary<Told> later = Arbitraries.of(1, 10, 13, 31, 61, 300, 1_500)
                .map(minutes ->
                        new Told(minutes + " minutes", world -> world.clock.forward(Duration.ofMinutes(minutes))));
        Arbitrary<Told> progress = Combinators.combine(devices, either, either)
                .as((device, works, says) -> new Told(
                        "carrier: " + device + (works ? " works" : " fails") + (says ? ", said so" : ""),
                        world -> world.progress(device, works, says)));
        Arbitrary<Told> contradiction =
                devices.map(device -> new Told("contradict " + device, world -> world.contradict(device)));
        Arbitrary<Told> hear = Combinators.combine(places, deaths)
                .as((which, death) -> new Told("hear " + which + " until " + death, world -> world.hear(which, death)));
        Arbitrary<Told> hearAgain = places.map(which -> new Told("hear again", world -> world.hearAgain(which)));
        Arbitrary<Told> loseCallback =
                places.map(which -> new Told("lose a callback", world -> world.loseCallback(which)));
        Arbitrary<Told> report = Combinators.combine(devices, deaths)
                .as((device, death) -> new Told("report of " + device, world -> world.report(device, death)));
        Arbitrary<Told> losesAnswer = Arbitraries.of(Call.REGISTER, Call.ACTIVATE, Call.ACTIVATE, Call.FIND)
                .map(call -> new Told("lose the answer to " + call, world -> world.losesAnswer(call)));

        return Arbitraries.frequencyOf(
                        Tuple.of(4, order),
                        Tuple.of(8, work),
                        Tuple.of(5, tick),
                        Tuple.of(6, later),
                        Tuple.of(8, progress),
                        Tuple.of(1, contradiction),
                        Tuple.of(4, hear),
                        Tuple.of(1, hearAgain),
                        Tuple.of(1, loseCallback),
                        Tuple.of(1, report),
                        Tuple.of(2, losesAnswer),
                        Tuple.of(1, Arbitraries.just(new Told("lose a message", World::lose))),
                        Tuple.of(1, Arbitraries.just(new Told("relay", World::relay))))
                .list()
                .ofMinSize(5)
                .ofMaxSize(40);
    }
}
