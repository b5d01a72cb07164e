package dev.fleetline.streamsubscription;

import dev.fleetline.callback.Hearing;
import dev.fleetline.callback.Hearing.Heard;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierStreams.Subscription;
import dev.fleetline.carrier.CarrierStreams.Target;
import dev.fleetline.carrier.OurStreams;
import dev.fleetline.fleetevents.Digest;
import dev.fleetline.fleetevents.FleetEvent.StreamBroken;
import dev.fleetline.fleetevents.FleetEvent.StreamRepaired;
import dev.fleetline.fleetevents.TellOnce;
import dev.fleetline.streamsubscription.KeepSubscribed.OnThePlatform;
import dev.fleetline.streamsubscription.ListenerDesk.Listening;
import dev.fleetline.streamsubscription.RepairStreams.Look;
import dev.fleetline.streamsubscription.StreamHealth.Broken;
import dev.fleetline.streamsubscription.StreamHealth.Moment;
import dev.fleetline.streamsubscription.StreamHealth.NotSetUp;
import dev.fleetline.streamsubscription.StreamHealth.Sound;
import dev.fleetline.streamsubscription.StreamPlan.Found;
import dev.fleetline.tokens.TokenRealm;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether what should come does come, and tells each break once and its end once. Changes nothing on the platform.
 *
 * <p>Where the platform does not answer, what we have heard still speaks: a silence is told, and nothing is called well.
 */
final class WatchStreams {

    /** Longer than anything stays broken. */
    private static final Duration FOR_GOOD = Duration.ofDays(3_650);

    private static final Duration NEVER_SENT = Duration.ofDays(1);

    /** A service that only answers us has no habits worth the name: a week without an order is no break. */
    private static final Duration LISTENERS_SILENT_AFTER = Duration.ofDays(7);

    private static final String STREAMS = "stream";
    private static final Logger LOG = LoggerFactory.getLogger(WatchStreams.class);

    private final OnThePlatform platform;
    private final List<String> kinds;
    private final Hearing hearing;
    private final TellOnce news;
    private final Duration silentAfter;
    private final InstantSource clock;

    WatchStreams(
            OnThePlatform platform,
            WantedSetup.Frame frame,
            Hearing hearing,
            TellOnce news,
            Duration silentAfter,
            InstantSource clock) {
        this.platform = platform;
        this.kinds = frame.kinds();
        this.hearing = hearing;
        this.news = news;
        this.silentAfter = silentAfter;
        this.clock = clock;
    }

    /** How each stream and listener is; {@code holder} is an id of this invocation. */
    List<PartReply> run(String holder) {
        Instant now = clock.instant();
        List<PartReply> parts = new ArrayList<>();
        if (platform.isInUse().test(platform.chosen().realm())) {
            watchStreams(now, holder, parts);
        }
        if (platform.isInUse().test(TokenRealm.M2M)) {
            platform.listeners().stream()
                    .filter(listeners -> !listeners.services().isEmpty())
                    .forEach(listeners -> watchListeners(listeners, now, holder, parts));
        }
        return parts;
    }

    private void watchStreams(Instant now, String holder, List<PartReply> parts) {
        Optional<Heard> heard = hearing.of(STREAMS);
        var moment = new Moment(now, silentAfter, NEVER_SENT);
        Look look = platform.chosen().look();
        for (String kind : kinds) {
            String stream = platform.chosen().part() + "/" + kind;
            parts.add(
                    switch (look) {
                        case Look.Unknown(var why) -> unknown(stream, heard, moment, why, holder);
                        case Look.Seen(var found) -> tell(stream, of(kind, found, heard, moment), now, holder);
                    });
        }
    }

    private StreamHealth of(String kind, Found found, Optional<Heard> heard, Moment moment) {
        List<Target> ours = platform.ours().of(found.targets());
        List<Subscription> ofTheKind = found.subscriptions().stream()
                .filter(subscription -> subscription.streamKind().equals(kind))
                .toList();
        List<Subscription> mine = OurStreams.feeding(ours, ofTheKind);
        return StreamHealth.ofStream(
                mine.stream().findFirst(),
                ofTheKind.stream().filter(other -> !mine.contains(other)).findFirst(),
                heard,
                moment);
    }

    private void watchListeners(RepairListeners listeners, Instant now, String holder, List<PartReply> parts) {
        var moment = new Moment(now, LISTENERS_SILENT_AFTER, NEVER_SENT);
        CarrierReply<List<Listening>> look = listeners.look();
        for (String service : listeners.services()) {
            String stream = "callback/" + service;
            Optional<Heard> heard = hearing.of(stream);
            parts.add(
                    look instanceof Ok<List<Listening>>(var all)
                            ? tell(stream, of(service, listeners, all, heard, moment), now, holder)
                            : unknown(stream, heard, moment, "the listeners are not listed", holder));
        }
    }

    private static StreamHealth of(
            String service, RepairListeners listeners, List<Listening> all, Optional<Heard> heard, Moment moment) {
        return StreamHealth.ofListener(
                listeners.ours(all).stream()
                        .filter(listening -> listening.service().equals(service))
                        .findFirst()
                        .map(Listening::isLetIn),
                heard,
                moment);
    }

    private PartReply unknown(String stream, Optional<Heard> heard, Moment moment, String why, String holder) {
        return StreamHealth.ofSource(heard, moment) instanceof Broken silent
                ? tell(stream, silent, moment.now(), holder)
                : PartReply.of(stream, PartReply.UNKNOWN, why);
    }

    private PartReply tell(String stream, StreamHealth health, Instant now, String holder) {
        String topic = "stream#" + stream;
        return switch (health) {
            case Broken(var code, var since, var reason, var fix) -> {
                LOG.error("{} is broken since {}: {} ({})", stream, since, code, reason);
                var event =
                        new StreamBroken(Digest.of(stream, since, "StreamBroken"), stream, code, reason, since, fix);
                news.tell(topic, event, holder, now, now.plus(FOR_GOOD));
                yield PartReply.of(stream, PartReply.BROKEN, code, reason, fix);
            }
            case Sound() -> {
                news.tellOver(
                        topic,
                        telling -> new StreamRepaired(Digest.of(stream, telling, "StreamRepaired"), stream, now),
                        holder,
                        now);
                yield PartReply.of(stream, PartReply.IN_ORDER);
            }
            case NotSetUp() -> PartReply.of(stream, PartReply.NOT_SET_UP);
        };
    }
}
