package dev.fleetline.tokenrefresh;

import dev.fleetline.lambda.LogKey;
import dev.fleetline.lambda.Metrics;
import dev.fleetline.tokenrefresh.RevokeReplaced.Found;
import dev.fleetline.tokenrefresh.TokenReply.OfRealm;
import dev.fleetline.tokenrefresh.TokenTask.Refusal;
import dev.fleetline.tokens.TokenRealm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Looks after the tokens of all realms, one after the other; one realm's trouble keeps no other from its token. */
final class EveryRealm {

    private static final Logger LOG = LoggerFactory.getLogger(EveryRealm.class);

    private final RefreshToken refreshToken;
    private final RealmDesks desks;
    private final Optional<RevokeReplaced> revokeReplaced;
    private final Metrics metrics;

    /** {@code revokeReplaced} is empty where replaced tokens are to live until their end. */
    EveryRealm(RefreshToken refreshToken, RealmDesks desks, Optional<RevokeReplaced> revokeReplaced, Metrics metrics) {
        this.refreshToken = refreshToken;
        this.desks = desks;
        this.revokeReplaced = revokeReplaced;
        this.metrics = metrics;
    }

    /** The schedule's tick. Throws the first realm's trouble when all have been looked at. */
    TokenReply tick(String holder) {
        var replies = new ArrayList<OfRealm>();
        var troubles = new ArrayList<RuntimeException>();
        for (TokenRealm realm : TokenRealm.values()) {
            try {
                replies.add(reply(realm, tick(realm, holder)));
            } catch (RuntimeException e) {
                LOG.error("{} token", realm.code(), e);
                troubles.add(e);
            }
        }
        if (!troubles.isEmpty()) {
            RuntimeException first = troubles.removeFirst();
            troubles.forEach(first::addSuppressed);
            throw first;
        }
        return new TokenReply(replies);
    }

    /** Somebody's token was refused. */
    TokenReply rejected(Refusal refusal, String holder) {
        TokenRealm realm = TokenRealm.of(refusal.realm())
                .orElseThrow(() -> new IllegalArgumentException("TokenRejected names a realm that there is not: "
                        + refusal.realm() + "; there are " + TokenRealm.codes()));
        return new TokenReply(List.of(reply(realm, refreshToken.ifStillCurrent(realm, refusal.versionId(), holder))));
    }

    private Outcome tick(TokenRealm realm, String holder) {
        Outcome outcome = refreshToken.ifDue(realm, holder);
        if (realm == TokenRealm.CORE) {
            // the alarm on this metric thinks in days; the other realms' tokens live an hour
            refreshToken.left(realm, outcome).ifPresent(left -> metrics.seconds("TokenSecondsLeft", left));
        }
        if (outcome instanceof Outcome.NotDue) {
            revokeReplaced
                    .flatMap(revoke -> revoke.run(realm, desks.of(realm).issuer(), holder))
                    .ifPresent(found -> tell(realm, found));
        }
        return outcome;
    }

    private static void tell(TokenRealm realm, Found found) {
        switch (found) {
            case Found.Gone _ -> LOG.info("replaced {} token: {}", realm.code(), found);
            case Found.StillKnown _, Found.Unknown _ -> LOG.warn("replaced {} token: {}", realm.code(), found);
        }
    }

    private static OfRealm reply(TokenRealm realm, Outcome outcome) {
        MDC.put(LogKey.OUTCOME.key(), outcome.word());
        switch (outcome) {
            case Outcome.Failed _, Outcome.NeedsPerson _ -> LOG.error("{} token: {}", realm.code(), outcome);
            case Outcome.Renewed _, Outcome.LostRace _ -> LOG.info("{} token: {}", realm.code(), outcome);
            case Outcome.NotDue _,
                    Outcome.Unchanged _,
                    Outcome.NotSetUp _,
                    Outcome.NewerIsCurrent _,
                    Outcome.AlreadyAtIt _ -> LOG.debug("{} token: {}", realm.code(), outcome);
        }
        return new OfRealm(realm.code(), outcome.word());
    }
}
