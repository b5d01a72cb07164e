package dev.fleetline.lambda;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.slf4j.MDC;

/** Does the same with several things at a time, in the logging context of the invocation. */
public final class SideBySide {

    /** Each on a connection of its own. */
    private static final int AT_ONCE = 32;

    private SideBySide() {}

    /**
     * What came of each, in their order. All are tried, also when one fails: the more is done, the less is left for the
     * next try.
     *
     * @throws IllegalStateException when one failed, with its failure as the cause
     */
    public static <T, R> List<R> each(List<T> things, Function<T, R> act) {
        Map<String, String> context =
                Optional.ofNullable(MDC.getCopyOfContextMap()).orElseGet(Map::of);
        List<Callable<R>> calls = things.stream()
                .<Callable<R>>map(thing -> () -> {
                    MDC.setContextMap(context);
                    try {
                        return act.apply(thing);
                    } finally {
                        MDC.clear();
                    }
                })
                .toList();
        try (var threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            return threads.invokeAll(calls).stream().map(SideBySide::outcome).toList();
        } catch (InterruptedException e) {
            throw stopped(e);
        }
    }

    private static <R> R outcome(Future<R> call) {
        try {
            return call.get();
        } catch (InterruptedException e) {
            throw stopped(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("one of several could not be done", e.getCause());
        }
    }

    private static IllegalStateException stopped(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("stopped while several were done", e);
    }
}
