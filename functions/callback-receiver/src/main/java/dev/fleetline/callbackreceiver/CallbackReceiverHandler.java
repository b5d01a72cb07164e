package dev.fleetline.callbackreceiver;

import com.amazonaws.services.lambda.runtime.Context;
import dev.fleetline.callbackreceiver.CallbackReceiverConfig.Headers;
import dev.fleetline.callbackreceiver.TakeInDelivery.Shown;
import dev.fleetline.lambda.StreamHandler;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.lambda.Wired;
import io.micronaut.context.ApplicationContext;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the platform's deliveries: 2xx only for what is kept, 5xx when it must send again. */
public final class CallbackReceiverHandler extends StreamHandler<HttpRequest, HttpReply> {

    private static final Logger LOG = LoggerFactory.getLogger(CallbackReceiverHandler.class);
    private static final String NAME = "callback-receiver";

    private final TakeInDelivery takeInDelivery;
    private final Headers headers;
    private final SourceAddresses sources;

    /** As AWS starts it. */
    public CallbackReceiverHandler() {
        this(Surroundings.ofProcess());
    }

    /** As the local runner and tests start it. */
    public CallbackReceiverHandler(Surroundings surroundings) {
        this(Wired.start(NAME, surroundings));
    }

    CallbackReceiverHandler(ApplicationContext wiring) {
        this(wiring.getBean(TakeInDelivery.class), wiring.getBean(CallbackReceiverConfig.class));
    }

    private CallbackReceiverHandler(TakeInDelivery takeInDelivery, CallbackReceiverConfig config) {
        this(takeInDelivery, config.headers(), config.sources());
    }

    CallbackReceiverHandler(TakeInDelivery takeInDelivery, Headers headers, SourceAddresses sources) {
        super(NAME, HttpRequest.class);
        this.takeInDelivery = takeInDelivery;
        this.headers = headers;
        this.sources = sources;
    }

    @Override
    protected HttpReply handle(HttpRequest request, Context context) {
        Optional<Address> address = Address.of(request.rawPath().orElse(""));
        if (address.isEmpty()) {
            return HttpReply.plain(404, "nothing is delivered here");
        }
        if (!request.method().equals("POST")) {
            return HttpReply.plain(405, "deliveries are posted").with("allow", "POST");
        }
        if (!sources.allow(request.caller())) {
            LOG.warn("refused: the caller's address is in no block of SOURCE_ADDRESSES");
            return HttpReply.plain(403, "nothing is taken from there");
        }
        try {
            var shown = new Shown(request.header(headers.streamKey()).orElse(""), request.header(headers.hmac()));
            return TakenReply.of(address.get(), takeInDelivery.run(address.get(), shown, Body.of(request)));
        } catch (RuntimeException e) {
            LOG.error("not kept, the sender is asked to send it again", e);
            return HttpReply.plain(503, "not kept, send it again").with("retry-after", "30");
        }
    }
}
