package dev.fleetline.testing;

import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.Unclear;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the fakes of a carrier have in common: they misbehave when they were told to. Effects are the names of their calls;
 * the hook is called before and after each, and what it throws reaches the caller.
 */
abstract sealed class Misbehaving permits InMemoryListeners, InMemorySignedListeners, InMemoryStreams {

    private final Queue<CarrierReply<?>> scripted = new ArrayDeque<>();
    private Consumer<String> onEffect = effect -> {};
    private boolean losesNextAnswer;
    private int calls;

    /** Called with {@code register:before}, {@code register:after} and so on; may throw. */
    public final void onEffect(Consumer<String> hook) {
        onEffect = hook;
    }

    /** The next call is answered so, and nothing is done. Several are used up in order. */
    public final void answersNext(CarrierReply<?> reply) {
        scripted.add(reply);
    }

    /** The next change is carried out, and its answer is lost. */
    public final void losesNextAnswer() {
        losesNextAnswer = true;
    }

    /** How often it was asked for anything. */
    public final int calls() {
        return calls;
    }

    /** A call that only asks. */
    final <T> CarrierReply<T> answer(String name, Supplier<CarrierReply<T>> deed) {
        calls++;
        onEffect.accept(name + ":before");
        CarrierReply<?> next = scripted.poll();
        if (next != null) {
            return ScriptedCarrier.ofAnyKind(next);
        }
        CarrierReply<T> reply = deed.get();
        onEffect.accept(name + ":after");
        return reply;
    }

    /** A call that changes something, so that its answer can be lost. */
    final <T> CarrierReply<T> change(String name, Supplier<CarrierReply<T>> deed) {
        CarrierReply<T> reply = answer(name, deed);
        if (losesNextAnswer) {
            losesNextAnswer = false;
            return new Unclear<>("the answer was lost");
        }
        return reply;
    }
}
