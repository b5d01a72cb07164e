package dev.fleetline.local.bench.health;

import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierStreams;
import dev.fleetline.device.DeviceId;
import dev.fleetline.fleetgenerator.GeneratedFleet.Life;
import dev.fleetline.fleetgenerator.Member;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the platform remembers of a made-up fleet's reports, those included that never reached us. */
final class KnownStreams implements CarrierStreams {

    private final Life life;
    private final Map<DeviceId, Member> byUid;
    private final InstantSource clock;

    KnownStreams(Life life, Collection<Member> members, InstantSource clock) {
        this.life = life;
        this.byUid = members.stream().collect(Collectors.toMap(Member::uid, Function.identity()));
        this.clock = clock;
    }

    @Override
    public CarrierReply<List<PastReport>> history(DeviceId uid, int limit) {
        return new CarrierReply.Ok<>(Optional.ofNullable(byUid.get(uid)).stream()
                .flatMap(member -> life.history(member, clock.instant(), limit).stream())
                .map(event ->
                        new PastReport(Instant.parse(String.valueOf(event.get("lastupdated"))), FleetPlay.json(event)))
                .toList());
    }

    @Override
    public CarrierReply<List<Target>> targets() {
        throw notPlayed();
    }

    @Override
    public CarrierReply<String> createTarget(StreamTarget target) {
        throw notPlayed();
    }

    @Override
    public CarrierReply<String> deleteTarget(String targetId) {
        throw notPlayed();
    }

    @Override
    public CarrierReply<List<Subscription>> subscriptions() {
        throw notPlayed();
    }

    @Override
    public CarrierReply<String> createSubscription(String targetId, String streamKind, String name) {
        throw notPlayed();
    }

    @Override
    public CarrierReply<String> moveSubscription(String subscriptionId, String targetId) {
        throw notPlayed();
    }

    @Override
    public CarrierReply<String> deleteSubscription(String subscriptionId) {
        throw notPlayed();
    }

    private static UnsupportedOperationException notPlayed() {
        return new UnsupportedOperationException("nobody sets up streams in this play");
    }
}
