package dev.fleetline.thingspacem2m;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.carrier.CarrierGateway;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.device.Mender;
import dev.fleetline.thingspacem2m.M2mCalls.Yes;
import dev.fleetline.tokens.TokenSource;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Verizon's M2M (Connectivity) API. It gives devices neither an id that others are named by nor a revision. Sends each
 * call once and never again by itself; no text of an answer leaves here but its codes.
 */
public final class M2mGateway implements CarrierGateway {

    /** As many devices as a page may have. */
    private static final int PAGE = 2_000;

    private final String api;
    private final M2mCalls calls;
    private final M2mLines lines;
    private final ActivationPace pace;
    private final int page;

    /**
     * Speaks to the host at {@code baseUrl} ({@code https://thingspace.verizon.com}) and waits for each answer, to the
     * end of its body, at most {@code timeout}. Gives a turn for an activation as often as {@code pace} allows.
     */
    public M2mGateway(URI baseUrl, TokenSource tokens, Duration timeout, ActivationPace pace) {
        this(baseUrl, tokens, timeout, pace, PAGE);
    }

    M2mGateway(URI baseUrl, TokenSource tokens, Duration timeout, ActivationPace pace, int page) {
        this.api = M2mCalls.base(baseUrl) + "/api/m2m/v1";
        this.calls = new M2mCalls(tokens, timeout);
        this.lines = new M2mLines(api, calls);
        this.pace = pace;
        this.page = page;
    }

    /**
     * By its IMEI, and compares that itself. The platform may have several records of one, as after a change of the SIM: the
     * one with the line's own counts, then one that has not ended.
     */
    @Override
    public CarrierReply<Optional<CarrierDevice>> find(Line line) {
        ObjectNode body = M2mDocuments.of(line.account());
        body.putObject("deviceId").put("id", line.imei().digits()).put("kind", "imei");
        CarrierReply<Optional<CarrierDevice>> reply =
                calls.call(listing(body), json -> among(json, line), M2mCalls::later);
        return reply instanceof Refused<Optional<CarrierDevice>>(var code, var _, var _)
                        && code.equals(M2mCodes.NO_SUCH_DEVICE)
                ? new Ok<>(Optional.empty())
                : reply;
    }

    private static Optional<Optional<CarrierDevice>> among(JsonNode json, Line line) {
        return json.path("devices").isArray()
                ? Optional.of(json.path("devices")
                        .valueStream()
                        .flatMap(record -> M2mDocuments.device(record).stream())
                        .filter(device -> device.imei().equals(Optional.of(line.imei())))
                        .min(Comparator.comparing((CarrierDevice device) ->
                                        !device.iccid().equals(Optional.of(line.iccid())))
                                .thenComparing(device -> device.state() == LineState.DEACTIVATED)))
                : Optional.empty();
    }

    /** The name is not sent: this platform has none. */
    @Override
    public CarrierReply<CarrierDevice> register(NewDevice device) {
        return lines.add(List.of(device.line())).getFirst().reply();
    }

    /**
     * {@inheritDoc}
     *
     * <p>A refusal of several devices may be because of one of them, and the platform does not say which. When one is
     * active already nothing was done to any, and it is TryLater: to find them again tells which.
     *
     * @throws IllegalArgumentException also for a device of another account, and for none at all
     */
    @Override
    public CarrierReply<Acceptance> activate(Activation activation) {
        List<Line> all = activation.lines();
        if (all.isEmpty() || all.size() > mostAtOnce()) {
            throw new IllegalArgumentException(
                    "an activation is of 1 to " + mostAtOnce() + " devices, not of " + all.size());
        }
        if (all.stream().anyMatch(line -> !line.account().equals(activation.account()))) {
            throw new IllegalArgumentException("an activation is of devices of one account");
        }
        if (activation.servicePlan().isEmpty() || activation.zip().isEmpty()) {
            return new Refused<>(
                    "PLAN_OR_ZIP_MISSING", "an activation needs a service plan and a ZIP code", Mender.SENDER);
        }
        ObjectNode body = M2mDocuments.of(activation.account(), "devices", all)
                .put("servicePlan", activation.servicePlan().get())
                .put("mdnZipCode", activation.zip().get());
        return lines.order("/devices/actions/activate", body, all.size());
    }

    @Override
    public Optional<Duration> takeTurn() {
        return pace.take();
    }

    @Override
    public int mostAtOnce() {
        return M2mLines.MOST_TO_CHANGE;
    }

    @Override
    public CarrierReply<Progress> progress(String account, String requestId) {
        URI status = URI.create(api + "/accounts/" + M2mCalls.segment(account) + "/requests/"
                + M2mCalls.segment(requestId) + "/status");
        return calls.call(HttpRequest.newBuilder(status).GET(), M2mDocuments::progress, M2mCalls::later);
    }

    /** {@code after} is the platform's own number of the last device of the page before. */
    @Override
    public CarrierReply<Page> list(String account, Optional<String> after) {
        ObjectNode body = M2mDocuments.of(account).put("maxNumberOfDevices", page);
        after.ifPresent(last -> body.put("largestDeviceIdSeen", Long.parseLong(last)));
        return calls.callWithAll(listing(body), answer -> page(answer, after), M2mCalls::later);
    }

    private HttpRequest.Builder listing(ObjectNode body) {
        return M2mCalls.posting(URI.create(api + "/devices/actions/list"), body);
    }

    /** Empty, too, when there is more and it does not say after what: a list that ends too early loses devices. */
    private static Optional<Page> page(Yes answer, Optional<String> after) {
        JsonNode records = answer.body().path("devices");
        if (!records.isArray()) {
            return Optional.empty();
        }
        List<CarrierDevice> devices = records.valueStream()
                .flatMap(record -> M2mDocuments.device(record).stream())
                .toList();
        boolean hasMore =
                answer.status() == 202 || answer.body().path("hasMoreData").asBoolean();
        return hasMore
                ? M2mDocuments.deviceId(records.path(records.size() - 1))
                        .filter(last -> !after.equals(Optional.of(last)))
                        .map(last -> new Page(devices, Optional.of(last)))
                : Optional.of(new Page(devices, Optional.empty()));
    }
}
