package dev.fleetline.healthsweep;

import dev.fleetline.alert.Subject;
import dev.fleetline.alert.TellTogether;
import dev.fleetline.alert.Trouble;
import dev.fleetline.device.Condition;
import dev.fleetline.fleetevents.TellState;
import dev.fleetline.fleetevents.TellState.Telling;
import dev.fleetline.tokens.AccessToken;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks whether our own tokens, streams and listeners are well, tells what is not, and remembers it: for while a token
 * or a stream is not, no silence counts.
 *
 * <p>Streams and listeners are stream-subscription's; what it told of them last is what counts here. A realm that never had
 * a token is not in use.
 */
final class LookAtPlatform {

    /** Some tokens are asked for only when the one before has ended; token-refresh has had three ticks by then. */
    private static final Duration RENEWED_WITHIN = Duration.ofMinutes(15);

    private static final List<Condition> LOOKED_AT = List.of(Condition.TOKEN, Condition.STREAM);

    private final TokenStore tokens;
    private final Set<TokenRealm> realms;
    private final TellState streams;
    private final List<String> streamNames;
    private final FaultBook faultBook;
    private final TellTogether tellTogether;
    private final InstantSource clock;

    LookAtPlatform(
            TokenStore tokens,
            Set<TokenRealm> realms,
            TellState streams,
            List<String> streamNames,
            FaultBook faultBook,
            TellTogether tellTogether,
            InstantSource clock) {
        this.tokens = tokens;
        this.realms = realms;
        this.streams = streams;
        this.streamNames = streamNames;
        this.faultBook = faultBook;
        this.tellTogether = tellTogether;
        this.clock = clock;
    }

    /** Whether reports may not reach us, so that nobody need be asked about a silence. */
    static boolean isOurs(Faults faults) {
        return faults.present().stream()
                .anyMatch(span -> span.excusesSilence() && LOOKED_AT.contains(span.condition()));
    }

    /** All faults that there are now, those of other kinds included. */
    Faults run(Pass pass) {
        Instant now = clock.instant();
        List<Fault> found = Stream.concat(badTokens(now).stream(), brokenStreams(now).stream())
                .toList();
        Faults before = faultBook.faults();
        Faults faults = faultBook.keep(before, before.seen(found, LOOKED_AT, now));
        tell(found, before, pass, now);
        return faults;
    }

    private List<Fault> badTokens(Instant now) {
        List<Fault> found = new ArrayList<>();
        for (TokenRealm realm : realms) {
            tokens.current(realm)
                    .token()
                    .map(AccessToken::expiresAt)
                    .filter(end -> end.plus(RENEWED_WITHIN).isBefore(now))
                    .ifPresent(end -> found.add(new Fault(
                            realm.code(),
                            Condition.TOKEN,
                            end,
                            "its token ended at " + end + " and could not be renewed; see the runbook token-age")));
        }
        return found;
    }

    private List<Fault> brokenStreams(Instant now) {
        List<Fault> found = new ArrayList<>();
        for (String stream : streamNames) {
            streams.last("stream#" + stream, now)
                    .map(telling -> new Fault(stream, Condition.STREAM, telling.since(), broken(telling)))
                    .ifPresent(found::add);
        }
        return found;
    }

    private static String broken(Telling telling) {
        return "nothing reaches us by it (" + telling.state() + "); see the runbook stream-broken";
    }

    /** Told again when nothing has changed, it changes nothing: a pass that died in between is mended by the next. */
    private void tell(List<Fault> found, Faults before, Pass pass, Instant now) {
        var teller = new TellTogether.Pass(pass.sweepId(), pass.claim(), pass.holder());
        for (Fault fault : found) {
            tellTogether.run(
                    Trouble.ofPlatform(fault.service(), fault.condition(), fault.since(), fault.reason()), teller);
        }
        before.spans().stream()
                .filter(span -> LOOKED_AT.contains(span.condition()))
                .filter(span -> found.stream().noneMatch(fault -> Faults.isOf(span, fault)))
                .map(span -> Trouble.over(new Subject.OfPlatform(span.service()), span.condition(), now))
                .distinct()
                .forEach(over -> tellTogether.run(over, teller));
    }
}
