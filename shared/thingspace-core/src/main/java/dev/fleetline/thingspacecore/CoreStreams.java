package dev.fleetline.thingspacecore;

import static dev.fleetline.thingspacecore.CoreGateway.posting;
import static dev.fleetline.thingspacecore.CoreGateway.request;
import static dev.fleetline.thingspacecore.CoreGateway.sending;

import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierStreams;
import dev.fleetline.carrier.CarrierStreams.StreamTarget;
import dev.fleetline.device.DeviceId;
import dev.fleetline.tokens.TokenSource;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Targets, subscriptions and history of the Core API. Calls as {@link CoreGateway} does: each once. */
public final class CoreStreams implements CarrierStreams {

    private final CoreGateway core;
    private final CorePaths paths;

    /** Speaks to the host at {@code baseUrl} and waits for each answer, to the end of its body, {@code timeout}. */
    public CoreStreams(URI baseUrl, TokenSource tokens, Duration timeout) {
        this.core = new CoreGateway(baseUrl, tokens, timeout);
        this.paths = core.paths();
    }

    @Override
    public CarrierReply<List<Target>> targets() {
        return core.call(CoreCall.READ, request(paths.targets()).GET(), StreamDocuments::targets);
    }

    @Override
    public CarrierReply<String> createTarget(StreamTarget target) {
        return core.createTarget(target);
    }

    @Override
    public CarrierReply<String> deleteTarget(String targetId) {
        return core.order(CoreCall.DELETE, request(paths.target(targetId)).DELETE(), targetId);
    }

    @Override
    public CarrierReply<List<Subscription>> subscriptions() {
        return core.call(CoreCall.READ, request(paths.subscriptions()).GET(), StreamDocuments::subscriptions);
    }

    @Override
    public CarrierReply<String> createSubscription(String targetId, String streamKind, String name) {
        return core.createSubscription(targetId, streamKind, name);
    }

    @Override
    public CarrierReply<String> moveSubscription(String subscriptionId, String targetId) {
        return core.order(
                CoreCall.MOVE,
                sending("PATCH", paths.subscription(subscriptionId), CoreDocuments.move(targetId)),
                subscriptionId);
    }

    @Override
    public CarrierReply<String> deleteSubscription(String subscriptionId) {
        return core.order(
                CoreCall.DELETE, request(paths.subscription(subscriptionId)).DELETE(), subscriptionId);
    }

    @Override
    public CarrierReply<List<PastReport>> history(DeviceId uid, int limit) {
        return core.call(
                CoreCall.READ, posting(paths.history(uid), CoreDocuments.historyOf(limit)), StreamDocuments::history);
    }
}
