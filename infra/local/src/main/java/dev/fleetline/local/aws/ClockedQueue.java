package dev.fleetline.local.aws;

import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.elasticmq.MillisNextDelivery;
import org.elasticmq.NewMessageData;
import org.elasticmq.msg.GetQueueStatistics;
import org.elasticmq.msg.SendMessage;
import org.elasticmq.msg.UpdateQueueDelay;

/**
 * Stands before a queue of ElasticMQ and puts our time where the engine would take the machine's: ElasticMQ asks its
 * clock when a message is received, but not when one is sent or counted. Without this, a message sent while our clock
 * stands in the past would not be there before our clock had reached the machine's.
 */
final class ClockedQueue extends AbstractActor {

    private final ActorRef engine;
    private final EngineClock clock;
    private long delayMillis;

    ClockedQueue(ActorRef engine, EngineClock clock, long delayMillis) {
        this.engine = engine;
        this.clock = clock;
        this.delayMillis = delayMillis;
    }

    @Override
    public Receive createReceive() {
        return receiveBuilder()
                .match(SendMessage.class, send -> forward(new SendMessage(onOurClock(send.message()))))
                // a message is received when it is due, but counted as there only a millisecond later: on a clock that
                // stands, that millisecond would not pass
                .match(GetQueueStatistics.class, count -> forward(new GetQueueStatistics(clock.nowMillis() + 1)))
                .match(UpdateQueueDelay.class, update -> {
                    delayMillis = update.newDelay().toMillis();
                    forward(update);
                })
                .matchAny(this::forward)
                .build();
    }

    private void forward(Object message) {
        engine.forward(message, getContext());
    }

    private NewMessageData onOurClock(NewMessageData message) {
        MillisNextDelivery due = message.nextDelivery().toMillis(clock.nowMillis(), delayMillis);
        return message.copy(
                message.id(),
                message.content(),
                message.messageAttributes(),
                due,
                message.messageGroupId(),
                message.messageDeduplicationId(),
                message.orderIndex(),
                message.tracingId(),
                message.sequenceNumber(),
                message.deadLetterSourceQueueName());
    }
}
