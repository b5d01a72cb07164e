package dev.fleetline.alertnotifier;

import com.amazonaws.services.lambda.runtime.Context;
import dev.fleetline.lambda.BatchReply;
import dev.fleetline.lambda.Deadline;
import dev.fleetline.lambda.QueueLoop;
import dev.fleetline.lambda.SqsEvent;
import dev.fleetline.lambda.StreamHandler;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.lambda.Wired;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;

/** Takes what the bus put into the queue for people, a batch at a time. */
public final class AlertNotifierHandler extends StreamHandler<SqsEvent, BatchReply> {

    static final String FUNCTION = "alert-notifier";

    /** A claim and two messages, also when AWS is slow. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final QueueLoop loop;
    private final TellNews tellNews;

    /** Of Lambda. */
    public AlertNotifierHandler() {
        this(Surroundings.ofProcess());
    }

    /** Of whoever runs it elsewhere. */
    public AlertNotifierHandler(Surroundings surroundings) {
        this(Wired.start(FUNCTION, surroundings));
    }

    AlertNotifierHandler(ApplicationContext wiring) {
        super(FUNCTION, SqsEvent.class);
        this.loop = wiring.getBean(QueueLoop.class);
        this.tellNews = wiring.getBean(TellNews.class);
    }

    @Override
    protected BatchReply handle(SqsEvent event, Context context) {
        return loop.run(event, tellNews, Deadline.of(context), LONGEST);
    }
}
