package dev.fleetline.callbackprocessor;

import com.amazonaws.services.lambda.runtime.Context;
import dev.fleetline.applying.ApplyDelivery;
import dev.fleetline.callback.Delivery;
import dev.fleetline.lambda.BatchReply;
import dev.fleetline.lambda.StreamHandler;
import dev.fleetline.lambda.StreamLoop;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.lambda.TableStreamEvent;
import dev.fleetline.lambda.TableStreamEvent.Change;
import dev.fleetline.lambda.Verdict;
import dev.fleetline.lambda.Verdict.Dead;
import dev.fleetline.lambda.Verdict.Done;
import dev.fleetline.lambda.Wired;
import io.micronaut.context.ApplicationContext;

/** Applies each new delivery that the stream of the callbacks table brings. */
public final class CallbackProcessorHandler extends StreamHandler<TableStreamEvent, BatchReply> {

    static final String NAME = "callback-processor";

    private final StreamLoop loop;
    private final StoredDelivery storedDelivery;
    private final ApplyDelivery applyDelivery;
    private final NoteHearing noteHearing;

    /** As AWS starts it. */
    public CallbackProcessorHandler() {
        this(Surroundings.ofProcess());
    }

    /** As the local runner and tests start it. */
    public CallbackProcessorHandler(Surroundings surroundings) {
        this(Wired.start(NAME, surroundings));
    }

    CallbackProcessorHandler(ApplicationContext wiring) {
        this(
                wiring.getBean(StreamLoop.class),
                wiring.getBean(StoredDelivery.class),
                wiring.getBean(ApplyDelivery.class),
                wiring.getBean(NoteHearing.class));
    }

    CallbackProcessorHandler(
            StreamLoop loop, StoredDelivery storedDelivery, ApplyDelivery applyDelivery, NoteHearing noteHearing) {
        super(NAME, TableStreamEvent.class);
        this.loop = loop;
        this.storedDelivery = storedDelivery;
        this.applyDelivery = applyDelivery;
        this.noteHearing = noteHearing;
    }

    @Override
    protected BatchReply handle(TableStreamEvent event, Context context) {
        return loop.run(event, this::apply);
    }

    private Verdict apply(Change change) {
        if (!change.eventName().equals("INSERT")) {
            return new Done("no new delivery");
        }
        Delivery delivery;
        try {
            delivery = storedDelivery.from(change.dynamodb().newImage());
        } catch (RuntimeException e) {
            // reading touches nothing but the item: it would fail the same way every time
            return new Dead("the item is no delivery that can be read: " + e.getMessage());
        }
        noteHearing.of(delivery);
        return AppliedVerdict.of(applyDelivery.run(delivery));
    }
}
