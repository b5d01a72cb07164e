package dev.fleetline.local.bench.health;

import dev.fleetline.carrier.CarrierGateway;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.device.Imei;
import dev.fleetline.fleetgenerator.GeneratedFleet.Life;
import dev.fleetline.fleetgenerator.Member;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The carrier of a made-up fleet: says what it has seen of a device up to now, while our token is good. */
final class KnownCarrier implements CarrierGateway {

    private static final int PAGE = 2_000;

    private final Life life;
    private final List<Member> members;
    private final Map<Imei, Member> byImei;
    private final BooleanSupplier tokenIsDead;
    private final InstantSource clock;

    /** {@code members} are those of one platform. */
    KnownCarrier(Life life, List<Member> members, BooleanSupplier tokenIsDead, InstantSource clock) {
        this.life = life;
        this.members = List.copyOf(members);
        this.byImei = new LinkedHashMap<>();
        members.forEach(member -> byImei.put(member.imei(), member));
        this.tokenIsDead = tokenIsDead;
        this.clock = clock;
    }

    @Override
    public CarrierReply<Optional<CarrierDevice>> find(Line line) {
        return tokenIsDead.getAsBoolean()
                ? new CarrierReply.TokenRefused<>("token", "v1")
                : new CarrierReply.Ok<>(
                        Optional.ofNullable(byImei.get(line.imei())).map(this::seen));
    }

    @Override
    public CarrierReply<Page> list(String account, Optional<String> after) {
        if (tokenIsDead.getAsBoolean()) {
            return new CarrierReply.TokenRefused<>("token", "v1");
        }
        int from = after.map(Integer::parseInt).orElse(0);
        int to = Math.min(members.size(), from + PAGE);
        return new CarrierReply.Ok<>(new Page(
                members.subList(from, to).stream().map(this::seen).toList(),
                Optional.of(String.valueOf(to)).filter(_ -> to < members.size())));
    }

    private CarrierDevice seen(Member member) {
        Instant now = clock.instant();
        Map<String, Object> document = new LinkedHashMap<>();
        if (member.carrier().equals("core")) {
            life.document(member, now).ifPresent(document::putAll);
        }
        life.lastConnection(member, now)
                .filter(_ -> member.carrier().equals("m2m"))
                .ifPresent(at -> document.put("lastConnectionDate", at.toString()));
        return new CarrierDevice(
                Optional.of(member.uid()),
                Optional.of(member.imei()),
                Optional.of(member.iccid()),
                life.isSuspended(member, now) ? LineState.SUSPENDED : LineState.ACTIVE,
                Optional.empty(),
                Optional.empty(),
                document);
    }

    @Override
    public CarrierReply<CarrierDevice> register(NewDevice device) {
        throw notPlayed();
    }

    @Override
    public CarrierReply<Acceptance> activate(Activation activation) {
        throw notPlayed();
    }

    @Override
    public int mostAtOnce() {
        return 1;
    }

    @Override
    public CarrierReply<Progress> progress(String account, String requestId) {
        throw notPlayed();
    }

    private static UnsupportedOperationException notPlayed() {
        return new UnsupportedOperationException("nobody orders anything in this play");
    }
}
