package dev.fleetline.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Some who do the same at the same time. */
final class Race {

    static final int RACERS = 4;

    private Race() {}

    /** Lets {@value #RACERS} do it; what each of them got. */
    static <T> List<T> of(Callable<T> run) throws InterruptedException, ExecutionException {
        CountDownLatch start = new CountDownLatch(1);
        List<T> answers = new ArrayList<>();
        try (ExecutorService racers = Executors.newFixedThreadPool(RACERS)) {
            List<Future<T>> running = new ArrayList<>();
            for (int racer = 0; racer < RACERS; racer++) {
                running.add(racers.submit(() -> {
                    start.await();
                    return run.call();
                }));
            }
            start.countDown();
            for (Future<T> racer : running) {
                answers.add(racer.get());
            }
        }
        return answers;
    }
}
