package dev.fleetline.onboardingreconciler;

import dev.fleetline.carrier.CarrierGateway;
import dev.fleetline.carrier.CarrierGateway.CarrierDevice;
import dev.fleetline.carrier.CarrierGateway.LineState;
import dev.fleetline.carrier.CarrierGateway.Page;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.device.Device;
import dev.fleetline.device.Iccid;
import dev.fleetline.device.Imei;
import dev.fleetline.lambda.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that the carrier lists of an account, as it was from a moment on. Of each device only what is compared is kept: a
 * few hundred bytes, so that 100,000 of them take less than 64 MB.
 */
final class CarrierList {

    private final Instant readFrom;
    private final Map<Imei, List<CarrierDevice>> byImei = new HashMap<>();
    private final Map<Iccid, CarrierDevice> withoutImei = new HashMap<>();
    private String flaw = "";

    private CarrierList(Instant readFrom) {
        this.readFrom = readFrom;
    }

    /** Reads page after page until the list ends, an answer is none, or the deadline is near. */
    static CarrierList read(CarrierGateway carrier, String account, Instant now, Deadline deadline, Duration reserve) {
        var list = new CarrierList(now);
        Optional<String> after = Optional.empty();
        do {
            if (deadline.isNear(reserve)) {
                list.flaw = "time ran out";
                return list;
            }
            CarrierReply<Page> reply = carrier.list(account, after);
            if (!(reply instanceof Ok<Page>(var page))) {
                list.flaw = reply.words();
                return list;
            }
            int before = list.size();
            page.devices().forEach(list::add);
            // a platform that passes over the place to go on from would answer the same page for ever
            if (page.next().isPresent() && list.size() == before) {
                list.flaw = "a page brought nothing new";
                return list;
            }
            after = page.next();
        } while (after.isPresent());
        return list;
    }

    /** A list of a carrier that could not be asked. */
    static CarrierList unread(Instant now, String why) {
        var list = new CarrierList(now);
        list.flaw = why;
        return list;
    }

    /** Why it is not the whole list; empty when it is. */
    Optional<String> flaw() {
        return Optional.of(flaw).filter(why -> !why.isEmpty());
    }

    /** How many devices it has. */
    int size() {
        return byImei.size() + withoutImei.size();
    }

    /** What the list says of a device; empty when nothing can be said. What has happened to it since is not in there. */
    Optional<Sight> of(Device device) {
        if (!device.lifecycle().since().isBefore(readFrom)) {
            return Optional.empty();
        }
        Iccid sim = device.order().iccid();
        Optional<CarrierDevice> line = Stream.concat(
                        byImei.getOrDefault(device.imei(), List.of()).stream(),
                        Optional.ofNullable(withoutImei.get(sim)).stream())
                .min(Comparator.comparing((CarrierDevice each) -> !each.iccid().equals(Optional.of(sim)))
                        .thenComparing(each -> each.state() == LineState.DEACTIVATED));
        return line.<Sight>map(each -> new Sight.Seen(each, false))
                .or(() -> flaw.isEmpty() && size() > 0 ? Optional.of(new Sight.Missing()) : Optional.empty());
    }

    private void add(CarrierDevice device) {
        CarrierDevice slim = new CarrierDevice(
                Optional.empty(),
                device.imei(),
                device.iccid(),
                device.state(),
                Optional.empty(),
                device.resumes(),
                Map.of());
        device.imei()
                .ifPresentOrElse(
                        imei -> byImei.merge(
                                imei,
                                List.of(slim),
                                (some, more) -> some.containsAll(more)
                                        ? some
                                        : Stream.concat(some.stream(), more.stream())
                                                .toList()),
                        () -> device.iccid().ifPresent(iccid -> withoutImei.put(iccid, slim)));
    }
}
