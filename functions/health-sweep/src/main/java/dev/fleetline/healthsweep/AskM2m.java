package dev.fleetline.healthsweep;

import dev.fleetline.carrier.CarrierGateway;
import dev.fleetline.carrier.CarrierGateway.CarrierDevice;
import dev.fleetline.carrier.CarrierGateway.LineState;
import dev.fleetline.carrier.CarrierGateway.Page;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.device.Imei;
import dev.fleetline.lambda.Deadline;
import dev.fleetline.sweepfiles.SweptLoss.CarrierWord;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks devices up in the lists of their accounts, of which a page holds thousands. */
final class AskM2m {

    private static final Logger LOG = LoggerFactory.getLogger(AskM2m.class);

    private final CarrierGateway carrier;
    private final Duration call;
    private int pagesLeft;

    /** Reads so many pages at most; {@code call} is how long one may take. */
    AskM2m(CarrierGateway carrier, int pages, Duration call) {
        this.carrier = carrier;
        this.pagesLeft = pages;
        this.call = call;
    }

    /**
     * What the carrier says of these devices of an account; one of which it could not say anything is left out. Reads no
     * further than it must, and where the list was read to its end, who is not on it is nobody the carrier knows.
     */
    Map<Imei, CarrierWord> about(Set<Imei> wanted, String account, Deadline deadline) {
        Map<Imei, CarrierDevice> found = new HashMap<>();
        Optional<String> after = Optional.empty();
        boolean isThrough = false;
        while (!isThrough && !isSettled(wanted, found) && pagesLeft > 0 && !deadline.isNear(call)) {
            pagesLeft--;
            CarrierReply<Page> reply = carrier.list(account, after);
            if (!(reply instanceof Ok<Page>(var page))) {
                LOG.warn("the list of an account was not read to its end: {}", reply.words());
                return words(found);
            }
            page.devices().forEach(device -> device.imei()
                    .filter(wanted::contains)
                    .ifPresent(imei -> found.merge(imei, device, AskM2m::better)));
            isThrough = page.next().isEmpty() || page.next().equals(after);
            after = page.next();
        }
        Map<Imei, CarrierWord> words = words(found);
        if (isThrough) {
            wanted.forEach(imei -> words.putIfAbsent(imei, CarrierView.ofNobody()));
        }
        return words;
    }

    /** After a change of its SIM a device has several records, of which one has not ended. */
    private static boolean isSettled(Set<Imei> wanted, Map<Imei, CarrierDevice> found) {
        Set<Imei> open = new HashSet<>(wanted);
        found.forEach((imei, device) -> {
            if (device.state() != LineState.DEACTIVATED) {
                open.remove(imei);
            }
        });
        return open.isEmpty();
    }

    private static CarrierDevice better(CarrierDevice one, CarrierDevice other) {
        return one.state() == LineState.DEACTIVATED ? other : one;
    }

    private static Map<Imei, CarrierWord> words(Map<Imei, CarrierDevice> found) {
        Map<Imei, CarrierWord> words = new HashMap<>();
        found.forEach((imei, device) -> words.put(imei, CarrierView.of(device)));
        return words;
    }
}
