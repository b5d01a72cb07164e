package dev.fleetline.streamsubscription;

import dev.fleetline.callback.Hearing;
import dev.fleetline.callback.Hearing.Heard;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.CarrierStreams.Subscription;
import dev.fleetline.carrier.CarrierStreams.Target;
import dev.fleetline.carrier.OurStreams;
import dev.fleetline.fleetevents.Digest;
import dev.fleetline.fleetevents.FleetEvent.StreamBroken;
import dev.fleetline.fleetevents.FleetEvent.StreamRepaired;
import dev.fleetline.fleetevents.TellState;
import dev.fleetline.fleetevents.TellState.Telling;
import dev.fleetline.streamsubscription.KeepSubscribed.OnThePlatform;
import dev.fleetline.streamsubscription.ListenerDesk.Listening;
import dev.fleetline.streamsubscription.RepairStreams.Look;
import dev.fleetline.streamsubscription.StreamHealth.Broken;
import dev.fleetline.streamsubscription.StreamHealth.Moment;
import dev.fleetline.streamsubscription.StreamHealth.NotSetUp;
import dev.fleetline.streamsubscription.StreamHealth.Sound;
import dev.fleetline.streamsubscription.StreamPlan.Found;
import dev.fleetline.streamsubscription.WantedSetup.Frame;
import dev.fleetline.tokens.TokenRealm;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether what should come does come, and tells each break once, again when it becomes another one, and its end
 * once. Changes nothing on the platform.
 *
 * <p>Where the platform does not answer, what we have heard still speaks: a silence is told, and nothing is called well.
 */
final class WatchStreams {

    /** A service only answers us: a week without an order is no break, whatever its habits. */
    private static final Duration LISTENERS_SILENT_AFTER = Duration.ofDays(7);

    private static final Logger LOG = LoggerFactory.getLogger(WatchStreams.class);

    private final OnThePlatform platform;
    private final List<String> kinds;
    private final Supplier<WantedSetup> wanted;
    private final TornDown tornDown;
    private final Hearing hearing;
    private final TellState news;
    private final LastMended lastMended;
    private final ToldStreams toldStreams;
    private final Duration silentAfter;
    private final InstantSource clock;

    WatchStreams(
            OnThePlatform platform,
            Frame frame,
            Supplier<WantedSetup> wanted,
            TornDown tornDown,
            Hearing hearing,
            TellState news,
            LastMended lastMended,
            ToldStreams toldStreams,
            Duration silentAfter,
            InstantSource clock) {
        this.platform = platform;
        this.kinds = frame.kinds();
        this.wanted = wanted;
        this.tornDown = tornDown;
        this.hearing = hearing;
        this.news = news;
        this.lastMended = lastMended;
        this.toldStreams = toldStreams;
        this.silentAfter = silentAfter;
        this.clock = clock;
    }

    /** How each stream and listener is; {@code holder} is an id of this invocation. */
    List<PartReply> run(String holder) {
        if (tornDown.isSo()) {
            return List.of(tornDown.reply());
        }
        Instant now = clock.instant();
        List<PartReply> parts = new ArrayList<>();
        if (platform.isInUse().test(platform.chosen().realm())) {
            watchStreams(now, holder, parts);
        }
        if (platform.isInUse().test(TokenRealm.M2M)) {
            watchListeners(now, holder, parts);
        }
        endUnwanted(now, holder);
        return parts;
    }

    private void watchStreams(Instant now, String holder, List<PartReply> parts) {
        Optional<Heard> heard = hearing.of(Frame.STREAMS);
        var moment = new Moment(now, silentAfter, false);
        Look look = platform.chosen().look();
        for (String kind : kinds) {
            String stream = nameOf(kind);
            parts.add(
                    switch (look) {
                        case Look.Unknown(var why, var isRefused) ->
                            unknown(stream, why, isRefused, heard, moment, holder);
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
                ours.stream().findFirst(),
                heard,
                moment);
    }

    private void watchListeners(Instant now, String holder, List<PartReply> parts) {
        var moment = new Moment(now, LISTENERS_SILENT_AFTER, true);
        Map<RepairListeners, CarrierReply<List<Listening>>> looks = new LinkedHashMap<>();
        platform.listeners().stream()
                .filter(listeners -> !listeners.services().isEmpty())
                .forEach(listeners -> looks.put(listeners, listeners.look()));
        Optional<WantedSetup> setup =
                looks.entrySet().stream().anyMatch(look -> isAnyOurs(look.getKey(), look.getValue()))
                        ? Optional.of(wanted.get())
                        : Optional.empty();
        looks.forEach((listeners, look) -> listeners.services().forEach(service -> {
            String stream = Frame.sourceOf(service);
            Optional<Heard> heard = hearing.of(stream);
            parts.add(
                    look instanceof Ok<List<Listening>>(var all)
                            ? tell(stream, of(service, listeners, all, setup, heard, moment), now, holder)
                            : unknown(
                                    stream,
                                    "listing the listeners: " + look.words(),
                                    look instanceof Refused<List<Listening>>,
                                    heard,
                                    moment,
                                    holder));
        }));
    }

    /** What was told of something that somebody took out of the settings since then is over. */
    private void endUnwanted(Instant now, String holder) {
        Set<String> unwanted = new TreeSet<>(toldStreams.names(now));
        kinds.forEach(kind -> unwanted.remove(nameOf(kind)));
        platform.listeners()
                .forEach(
                        listeners -> listeners.services().forEach(service -> unwanted.remove(Frame.sourceOf(service))));
        for (String stream : unwanted) {
            hearing.forget(stream);
            tell(stream, new NotSetUp(), now, holder);
            toldStreams.remove(stream, now);
        }
    }

    private String nameOf(String kind) {
        return platform.chosen().part() + "/" + kind;
    }

    /** Who has set up nothing need not have filled in the secret either. */
    private static boolean isAnyOurs(RepairListeners listeners, CarrierReply<List<Listening>> look) {
        return look instanceof Ok<List<Listening>>(var all)
                && !listeners.ours(all).isEmpty();
    }

    private StreamHealth of(
            String service,
            RepairListeners listeners,
            List<Listening> all,
            Optional<WantedSetup> setup,
            Optional<Heard> heard,
            Moment moment) {
        return StreamHealth.ofListener(
                listeners.calls(service, all),
                setup.flatMap(it -> listeners.flaw(service, it, all)),
                heard,
                wellSince(Frame.sourceOf(service), moment.now()),
                moment);
    }

    private PartReply unknown(
            String stream, String why, boolean isRefused, Optional<Heard> heard, Moment moment, String holder) {
        return StreamHealth.ofUnknown(why, isRefused, heard, wellSince(stream, moment.now()), moment)
                .map(broken -> tell(stream, broken, moment.now(), holder))
                .orElseGet(() -> PartReply.of(stream, PartReply.UNKNOWN, why));
    }

    /** While a break is told it may just have been mended, so only what comes from now on says anything. */
    private Instant wellSince(String stream, Instant now) {
        return isToldToBeMended(stream, now) ? now : lastMended.of(stream, now);
    }

    private boolean isToldToBeMended(String stream, Instant now) {
        return news.last(topic(stream), now)
                .map(Telling::state)
                .filter(LastMended::isToBeMended)
                .isPresent();
    }

    private PartReply tell(String stream, StreamHealth health, Instant now, String holder) {
        if (isOverOrUnseen(health) && isToldToBeMended(stream, now)) {
            lastMended.isMended(stream, now);
        }
        return switch (health) {
            case Broken broken -> {
                toldStreams.add(stream, now);
                news.tell(topic(stream), broken.code(), telling -> event(stream, broken, telling), holder, now);
                yield broken(stream, broken);
            }
            case Sound() -> over(stream, PartReply.IN_ORDER, holder, now);
            case NotSetUp() -> over(stream, PartReply.NOT_SET_UP, holder, now);
        };
    }

    private static boolean isOverOrUnseen(StreamHealth health) {
        return !(health instanceof Broken broken) || broken.code().equals(StreamHealth.REFUSED);
    }

    private PartReply over(String stream, String outcome, String holder, Instant now) {
        news.tellOver(
                topic(stream),
                telling ->
                        new StreamRepaired(Digest.of(stream, telling.id(), "StreamRepaired"), stream, telling.since()),
                holder,
                now);
        return PartReply.of(stream, outcome);
    }

    private static String topic(String stream) {
        return "stream#" + stream;
    }

    /** Where nobody knows when it was well, it was last before it was first seen broken. */
    private static StreamBroken event(String stream, Broken broken, Telling telling) {
        return new StreamBroken(
                Digest.of(stream, telling.id(), "StreamBroken"),
                stream,
                broken.code(),
                broken.reason(),
                broken.since().isBefore(telling.since()) ? broken.since() : telling.since(),
                broken.fix());
    }

    private static PartReply broken(String stream, Broken broken) {
        LOG.error("{} is broken since {}: {} ({})", stream, broken.since(), broken.code(), broken.reason());
        return PartReply.of(stream, PartReply.BROKEN, broken.code(), broken.reason(), broken.fix());
    }
}
