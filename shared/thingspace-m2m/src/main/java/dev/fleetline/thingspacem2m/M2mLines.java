package dev.fleetline.thingspacem2m;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.carrier.CarrierGateway.Acceptance;
import dev.fleetline.carrier.CarrierGateway.CarrierDevice;
import dev.fleetline.carrier.CarrierGateway.Line;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.AlreadyDone;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.CarrierReply.TokenRefused;
import dev.fleetline.carrier.CarrierReply.TryLater;
import dev.fleetline.carrier.CarrierReply.Unclear;
import dev.fleetline.tokens.TokenSource;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What can be done to lines of the M2M API ({@code /api/m2m/v1/devices}) besides activating them. Takes any number of
 * devices of any accounts, and sends them in lots of one account and of no more devices than the platform takes. Every
 * device is answered for itself. Each lot is sent once; after one that was not answered, the rest is not sent.
 */
public final class M2mLines {

    static final int MOST_TO_ADD = 200;
    static final int MOST_TO_DELETE = 100;
    static final int MOST_TO_ASK_FOR = 2_000;
    static final int MOST_TO_CHANGE = 10_000;

    /** The one reason for ending a line that is documented. */
    private static final String REASON = "FF";

    private final String api;
    private final M2mCalls calls;

    /**
     * Speaks to the host at {@code baseUrl} ({@code https://thingspace.verizon.com}) and waits for each answer, to the
     * end of its body, at most {@code timeout}.
     */
    public M2mLines(URI baseUrl, TokenSource tokens, Duration timeout) {
        this(M2mCalls.base(baseUrl) + "/api/m2m/v1", new M2mCalls(tokens, timeout));
    }

    M2mLines(String api, M2mCalls calls) {
        this.api = api;
        this.calls = calls;
    }

    /** What was answered about one of the devices. */
    public record Outcome<T>(Line line, CarrierReply<T> reply) {}

    /**
     * Makes devices known to the account of each, which costs nothing. AlreadyDone for one that is there; Refused, with a
     * code of ours, for one that the platform does not take in.
     */
    public List<Outcome<CarrierDevice>> add(List<Line> lines) {
        return inLots(
                lines,
                MOST_TO_ADD,
                (account, lot) -> results(
                        "/devices/actions/add",
                        M2mDocuments.of(account, "devicesToAdd", lot).put("state", "preactive")),
                M2mResults::added);
    }

    /** Takes lines off the network for a while. Ok means that it was accepted; what came of each is called back. */
    public List<Outcome<Acceptance>> suspend(List<Line> lines) {
        return inLots(lines, MOST_TO_CHANGE, ordering("/devices/actions/suspend"), M2mLines::accepted);
    }

    /** Puts suspended lines back. Ok means that it was accepted; what came of each is called back. */
    public List<Outcome<Acceptance>> restore(List<Line> lines) {
        return inLots(lines, MOST_TO_CHANGE, ordering("/devices/actions/restore"), M2mLines::accepted);
    }

    /** Ends lines, which lose their numbers. Ok means that it was accepted; what came of each is called back. */
    public List<Outcome<Acceptance>> deactivate(List<Line> lines) {
        return inLots(
                lines,
                MOST_TO_CHANGE,
                (account, lot) -> order(
                        "/devices/actions/deactivate",
                        M2mDocuments.of(account, "devices", lot).put("reasonCode", REASON),
                        lot.size()),
                M2mLines::accepted);
    }

    /** Has it found out whether devices are known to the network and their SIMs free. Ok means that it was accepted; what is so is called back. */
    public List<Outcome<Acceptance>> askForAvailability(List<Line> lines) {
        return inLots(lines, MOST_TO_ASK_FOR, ordering("/devices/availability/actions/list"), M2mLines::accepted);
    }

    /** Takes ended lines out of the account of each. AlreadyDone for one that is not there. */
    public List<Outcome<Line>> delete(List<Line> lines) {
        return inLots(
                lines,
                MOST_TO_DELETE,
                (account, lot) -> results("/devices/actions/delete", M2mDocuments.of(account, "devicesToDelete", lot)),
                M2mResults::deleted);
    }

    /**
     * Has something done to so many devices of one account. That one of several is active already, is said of none in
     * particular: then nothing was done to any. One that somebody has yet to approve was taken, and has no id that we know.
     */
    CarrierReply<Acceptance> order(String path, ObjectNode body, int devices) {
        CarrierReply<Acceptance> reply = calls.call(
                M2mCalls.posting(URI.create(api + path), body),
                json -> M2mDocuments.requestId(json).map(id -> new Acceptance(Optional.of(id))),
                Unclear::new,
                new Ok<>(new Acceptance(Optional.empty())));
        return reply instanceof AlreadyDone<Acceptance> && devices > 1
                ? new TryLater<>(M2mCalls.SOON, "one of " + devices + " devices is active already")
                : reply;
    }

    private LotCall<Acceptance> ordering(String path) {
        return (account, lot) -> order(path, M2mDocuments.of(account, "devices", lot), lot.size());
    }

    private CarrierReply<List<JsonNode>> results(String path, ObjectNode body) {
        return calls.call(
                M2mCalls.posting(URI.create(api + path), body),
                json -> json.isArray() ? Optional.of(json.valueStream().toList()) : Optional.empty(),
                Unclear::new);
    }

    private static CarrierReply<Acceptance> accepted(Line line, Acceptance acceptance) {
        return new Ok<>(acceptance);
    }

    /** Sends one lot. */
    private interface LotCall<R> {
        CarrierReply<R> send(String account, List<Line> lot);
    }

    private static <R, T> List<Outcome<T>> inLots(
            List<Line> lines, int most, LotCall<R> call, BiFunction<Line, R, CarrierReply<T>> said) {
        List<Outcome<T>> outcomes = new ArrayList<>();
        Optional<CarrierReply<R>> halt = Optional.empty();
        for (List<Line> lot : lots(lines, most)) {
            CarrierReply<R> reply =
                    halt.isPresent() ? halt.get() : call.send(lot.getFirst().account(), lot);
            lot.forEach(line -> outcomes.add(new Outcome<>(line, of(line, reply, said))));
            halt = halt.or(() -> forTheRest(reply));
        }
        return outcomes;
    }

    private static List<List<Line>> lots(List<Line> lines, int most) {
        Map<String, List<Line>> byAccount = new LinkedHashMap<>();
        lines.forEach(line -> byAccount
                .computeIfAbsent(line.account(), _ -> new ArrayList<>())
                .add(line));
        List<List<Line>> lots = new ArrayList<>();
        for (List<Line> all : byAccount.values()) {
            for (int from = 0; from < all.size(); from += most) {
                lots.add(all.subList(from, Math.min(from + most, all.size())));
            }
        }
        return lots;
    }

    private static <R, T> CarrierReply<T> of(
            Line line, CarrierReply<R> reply, BiFunction<Line, R, CarrierReply<T>> said) {
        return reply instanceof Ok<R>(var results)
                ? said.apply(line, results)
                : reply.map(_ -> {
                    throw new IllegalStateException("a yes was read before");
                });
    }

    /** What a reply means for those that were not sent yet; empty when they can be. */
    private static <R> Optional<CarrierReply<R>> forTheRest(CarrierReply<R> reply) {
        return switch (reply) {
            case Ok<R> _, AlreadyDone<R> _, Refused<R> _ -> Optional.empty();
            case TokenRefused<R> _, TryLater<R> _ -> Optional.of(reply);
            case Unclear<R> _ ->
                Optional.of(new TryLater<>(M2mCalls.SOON, "not sent, because those before it were not answered"));
        };
    }
}
