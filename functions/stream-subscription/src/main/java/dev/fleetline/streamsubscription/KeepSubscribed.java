package dev.fleetline.streamsubscription;

import dev.fleetline.callback.Hearing;
import dev.fleetline.carrier.OurStreams;
import dev.fleetline.claims.Claims;
import dev.fleetline.claims.Claims.Lease;
import dev.fleetline.streamsubscription.WantedSetup.Frame;
import dev.fleetline.tokens.TokenRealm;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what is on the platform match the settings. A part that does not come to its end is answered with the reason and
 * keeps no other from being done; the next repair goes on from there.
 */
final class KeepSubscribed {

    /** Longer than an invocation may take. */
    private static final Duration LEASE = Duration.ofMinutes(6);

    private static final String CLAIM = "stream-subscription";
    private static final Logger LOG = LoggerFactory.getLogger(KeepSubscribed.class);

    private final OnThePlatform platform;
    private final Supplier<WantedSetup> wanted;
    private final TornDown tornDown;
    private final Hearing hearing;
    private final Claims claims;
    private final InstantSource clock;

    KeepSubscribed(
            OnThePlatform platform,
            Supplier<WantedSetup> wanted,
            TornDown tornDown,
            Hearing hearing,
            Claims claims,
            InstantSource clock) {
        this.platform = platform;
        this.wanted = wanted;
        this.tornDown = tornDown;
        this.hearing = hearing;
        this.claims = claims;
        this.clock = clock;
    }

    /**
     * What is kept there.
     *
     * @param chosen the platform that is to stream
     * @param others platforms that are left alone until everything is torn down
     * @param listeners of M2M, and of the APIs whose callbacks are signed
     * @param isInUse whether a realm has ever had a token
     */
    record OnThePlatform(
            RepairStreams chosen,
            List<RepairStreams> others,
            List<RepairListeners> listeners,
            OurStreams ours,
            Predicate<TokenRealm> isInUse) {
        OnThePlatform {
            others = List.copyOf(others);
            listeners = List.copyOf(listeners);
        }
    }

    /** What a repair would do. */
    List<PartReply> difference() {
        WantedSetup setup = wanted.get();
        List<PartReply> parts = new ArrayList<>();
        parts.add(ifInUse(platform.chosen().realm(), platform.chosen().part(), () -> platform.chosen()
                .difference(setup.streams())));
        parts.addAll(ofListeners(listeners -> listeners.difference(setup)));
        return parts;
    }

    /** By hand, even after a tear-down: makes everything as it should be; {@code holder} is an id of this invocation. */
    List<PartReply> repair(String holder) {
        return whole(alone(holder, () -> {
            tornDown.ends();
            return repairAll();
        }));
    }

    /** The same by itself; after a tear-down nothing is set up until somebody repairs by hand. */
    List<PartReply> repairByItself(String holder) {
        return whole(alone(holder, () -> unlessTornDown(this::repairAll)));
    }

    private List<PartReply> repairAll() {
        WantedSetup setup = wanted.get();
        List<PartReply> parts = new ArrayList<>();
        parts.add(ifInUse(platform.chosen().realm(), platform.chosen().part(), () -> repairStreams(setup)));
        parts.addAll(ofListeners(listeners -> listeners.run(setup)));
        return parts;
    }

    /** A realm has a token: sets up what wants that token, as long as something of it was never heard. */
    List<PartReply> refreshed(TokenRealm realm, String holder) {
        return whole(unlessTornDown(() -> {
            List<PartReply> parts = new ArrayList<>();
            if (realm == platform.chosen().realm()) {
                WantedSetup setup = wanted.get();
                parts.addAll(setUp(
                        platform.chosen().difference(setup.streams()),
                        List.of(Frame.STREAMS),
                        () -> repairStreams(setup),
                        holder));
            }
            if (realm == TokenRealm.M2M) {
                WantedSetup setup = wanted.get();
                platform.listeners().stream()
                        .filter(listeners -> !listeners.services().isEmpty())
                        .forEach(listeners -> parts.addAll(setUp(
                                listeners.difference(setup),
                                listeners.services().stream()
                                        .map(Frame::sourceOf)
                                        .toList(),
                                () -> listeners.run(setup),
                                holder)));
            }
            return parts;
        }));
    }

    /** A set-up of which something was never heard is taken up here; what is lost of one that was heard is the night's. */
    private List<PartReply> setUp(
            PartReply difference, List<String> sources, Supplier<PartReply> repair, String holder) {
        if (difference.isFailed()) {
            return told(List.of(difference));
        }
        boolean isSetUp = difference.steps().isEmpty()
                || sources.stream().allMatch(source -> hearing.of(source).isPresent());
        if (!isSetUp) {
            return alone(holder, () -> unlessTornDown(() -> List.of(repair.get())));
        }
        return List.of(
                PartReply.of(difference.part(), difference.isTaken() ? PartReply.TAKEN : PartReply.SET_UP_ALREADY));
    }

    /** By hand: deletes all that is ours, on every platform that is in use. Only a repair by hand makes it anew. */
    List<PartReply> tearDown(String holder) {
        return alone(holder, () -> {
            tornDown.begins();
            List<PartReply> parts = new ArrayList<>();
            parts.add(ifInUse(platform.chosen().realm(), platform.chosen().part(), platform.chosen()::tearDown));
            platform.others().forEach(other -> parts.add(ifInUse(other.realm(), other.part(), other::tearDown)));
            parts.addAll(ofListeners(RepairListeners::tearDown));
            return parts;
        });
    }

    private PartReply repairStreams(WantedSetup setup) {
        return platform.chosen().run(setup.streams(), setup.key());
    }

    private List<PartReply> ofListeners(Function<RepairListeners, PartReply> deed) {
        return platform.listeners().stream()
                .map(listeners -> ifInUse(TokenRealm.M2M, listeners.part(), () -> deed.apply(listeners)))
                .toList();
    }

    private List<PartReply> unlessTornDown(Supplier<List<PartReply>> deed) {
        return tornDown.isSo() ? List.of(tornDown.reply()) : deed.get();
    }

    private PartReply ifInUse(TokenRealm realm, String part, Supplier<PartReply> deed) {
        return platform.isInUse().test(realm)
                ? deed.get()
                : PartReply.of(part, PartReply.NOT_SET_UP, "there has never been a token of " + realm.code());
    }

    /** Two at once would make two targets. */
    private List<PartReply> alone(String holder, Supplier<List<PartReply>> deed) {
        switch (claims.lease(CLAIM, holder, clock.instant(), LEASE)) {
            case Lease.Taken _ -> {
                return List.of(PartReply.of("all", PartReply.ALREADY_AT_IT));
            }
            case Lease.Granted _ -> {
                try {
                    return told(deed.get());
                } finally {
                    claims.release(CLAIM, holder);
                }
            }
        }
    }

    /** Lambda invokes again what fails, and who invokes by hand sees why: a subscription must not stay deleted. */
    private static List<PartReply> whole(List<PartReply> parts) {
        parts.stream().filter(PartReply::isHalfDone).findFirst().ifPresent(half -> {
            throw new IllegalStateException(half.part() + " is half done, repair it again: " + half.notes());
        });
        return parts;
    }

    private static List<PartReply> told(List<PartReply> parts) {
        for (PartReply part : parts) {
            if (part.isFailed()) {
                LOG.error("{} could not be set up: {}; done before: {}", part.part(), part.notes(), part.steps());
            } else if (part.isTaken()) {
                LOG.warn("{} is not as wanted: {}; done: {}", part.part(), part.notes(), part.steps());
            } else if (!part.steps().isEmpty()) {
                LOG.info("{}: {}", part.part(), part.steps());
            }
        }
        return parts;
    }
}
