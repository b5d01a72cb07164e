package dev.fleetline.local.aws;

import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;
import org.elasticmq.msg.CreateQueue;
import org.elasticmq.msg.LookupQueue;
import scala.Option;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import scala.util.Either;

/** Stands before ElasticMQ's manager of queues and hands out a {@link ClockedQueue} in place of each queue. */
final class ClockedQueues extends AbstractActor {

    private static final long ENGINE_ANSWERS_WITHIN_MILLIS = 10_000;

    /** What the engine answered, on its way to the one who asked. */
    private record Answer(Object reply, long delayMillis, ActorRef asker) {}

    private final ActorRef engine;
    private final EngineClock clock;
    private final Map<ActorRef, ActorRef> clocked = new HashMap<>();

    ClockedQueues(ActorRef engine, EngineClock clock) {
        this.engine = engine;
        this.clock = clock;
    }

    @Override
    public Receive createReceive() {
        return receiveBuilder()
                .match(CreateQueue.class, create -> ask(create, delayMillis(create)))
                .match(LookupQueue.class, lookup -> ask(lookup, 0))
                .match(Answer.class, this::pass)
                .matchAny(other -> engine.forward(other, getContext()))
                .build();
    }

    private void ask(Object request, long delayMillis) {
        ActorRef asker = getSender();
        // scala futures on the engine's own threads: the Java form would continue in the common pool, which may be busy
        ExecutionContext threads = getContext().dispatcher();
        Future<Object> answer = Patterns.ask(engine, request, ENGINE_ANSWERS_WITHIN_MILLIS)
                .map(reply -> new Answer(reply, delayMillis, asker), threads);
        // back into this actor, which alone may touch the map
        Patterns.pipe(answer, threads).to(getSelf());
    }

    private void pass(Answer answer) {
        Object reply =
                switch (answer.reply()) {
                    case Option<?> found -> found.map(queue -> clocked(queue, answer));
                    case Either<?, ?> made -> made.map(queue -> clocked(queue, answer));
                    default -> answer.reply();
                };
        answer.asker().tell(reply, getSelf());
    }

    private Object clocked(Object queue, Answer answer) {
        return queue instanceof ActorRef engineQueue
                ? clocked.computeIfAbsent(engineQueue, q -> stoodBefore(q, answer.delayMillis()))
                : queue;
    }

    private ActorRef stoodBefore(ActorRef engineQueue, long delayMillis) {
        return getContext()
                .actorOf(Props.create(ClockedQueue.class, () -> new ClockedQueue(engineQueue, clock, delayMillis)));
    }

    private static long delayMillis(CreateQueue create) {
        return create.request().delay().isDefined()
                ? create.request().delay().get().toMillis()
                : 0;
    }
}
