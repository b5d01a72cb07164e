package dev.fleetline.callbackreceiver;

import dev.fleetline.callbackreceiver.TakeInDelivery.Taken;
import dev.fleetline.lambda.LogKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** What a sender is told, and what the log says of it. */
final class TakenReply {

    private static final Logger LOG = LoggerFactory.getLogger(TakenReply.class);

    private TakenReply() {}

    static HttpReply of(Address address, Taken taken) {
        return switch (taken) {
            case Taken.Kept(var deliveryId, var stored) -> {
                MDC.put(LogKey.EVENT_ID.key(), deliveryId);
                LOG.info(stored ? "kept" : "had it already");
                yield HttpReply.json(200, "{\"deliveryId\":\"" + deliveryId + "\",\"stored\":" + stored + "}");
            }
            case Taken.KeptAll(var deliveries, var stored) -> {
                LOG.info("kept {} of {} messages, and had the others already", stored, deliveries);
                yield HttpReply.json(200, "{\"deliveries\":" + deliveries + ",\"stored\":" + stored + "}");
            }
            case Taken.Refused _ -> {
                String what = shownTo(address) + " is missing or wrong";
                LOG.warn("refused: {}", what);
                yield HttpReply.plain(401, what).with("www-authenticate", "Bearer");
            }
            case Taken.TooLarge(var limit) -> {
                LOG.warn("refused: the body has more than {} bytes", limit);
                yield HttpReply.plain(413, "a delivery has at most " + limit + " bytes");
            }
            case Taken.Garbled _ -> {
                LOG.warn("refused: the body is not the Base64 that it is said to be");
                yield HttpReply.plain(400, "the body is not the Base64 that it is said to be");
            }
        };
    }

    private static String shownTo(Address address) {
        return switch (address) {
            case Address.Stream _ -> "the stream key";
            case Address.Service _ -> "the login in the body, the signature or the key";
        };
    }
}
