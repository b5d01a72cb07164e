package dev.fleetline.tokenrefresh;

import dev.fleetline.fleetevents.Digest;
import dev.fleetline.fleetevents.FleetEvent.TokenReauthorizationNeeded;
import dev.fleetline.fleetevents.FleetEvent.TokenRefreshFailed;
import dev.fleetline.fleetevents.NewTokenNews;
import dev.fleetline.fleetevents.TellOnce;
import dev.fleetline.tokenrefresh.Outcome.Failed;
import dev.fleetline.tokenrefresh.Outcome.NeedsPerson;
import dev.fleetline.tokens.AccessToken;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenStore.Stored;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What is said about a token, in whose words, and how often. */
final class TokenNews {

    /** Longer than any token lives. */
    private static final Duration FOR_GOOD = Duration.ofDays(400);

    private final TellOnce news;

    TokenNews(TellOnce news) {
        this.news = news;
    }

    /** Once per version. */
    void refreshed(TokenRealm realm, String secret, String versionId, AccessToken token, String holder, Instant now) {
        new NewTokenNews(news)
                .tell(
                        new NewTokenNews.Version(
                                realm.code(), secret, versionId, token.obtainedAt(), token.expiresAt()),
                        holder,
                        now);
    }

    /** Once per hour and cause. */
    void failed(TokenRealm realm, String secret, Stored current, Failed failed, String holder, Instant now) {
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        var event = new TokenRefreshFailed(
                Digest.of(secret, current.versionId(), failed.code(), hour),
                realm.code(),
                secret,
                failed.code(),
                failed.reason(),
                current.token().map(AccessToken::expiresAt),
                fix(failed.code()));
        news.tell(topic(realm, "failed", failed.code()), event, holder, now, hour.plus(Duration.ofHours(1)));
    }

    /** Once per version and step: seven, three and one days before the end, at the end, and when it was refused. */
    void needsPerson(
            TokenRealm realm,
            String secret,
            Stored current,
            NeedsPerson need,
            boolean isRefused,
            String holder,
            Instant now) {
        String step = isRefused ? "refused" : step(need.endsAt(), now);
        var event = new TokenReauthorizationNeeded(
                Digest.of(secret, current.versionId(), step), realm.code(), secret, need.endsAt(), need.reason());
        news.tell(
                topic(realm, "needs-person", current.versionId() + "#" + step), event, holder, now, now.plus(FOR_GOOD));
    }

    private static String step(Optional<Instant> endsAt, Instant now) {
        if (endsAt.isEmpty()) {
            return "none";
        }
        Duration left = Duration.between(now, endsAt.get());
        if (!left.isPositive()) {
            return "0";
        }
        if (left.compareTo(Duration.ofDays(3)) > 0) {
            return "7";
        }
        return left.compareTo(Duration.ofDays(1)) > 0 ? "3" : "1";
    }

    private static String fix(String code) {
        return switch (code) {
            case RefreshToken.LOGIN_REFUSED ->
                "Put the right username and password into the user's secret; after a second refusal nobody logs in"
                        + " until then.";
            case RefreshToken.LOGIN_STOPPED ->
                "After refused logins: put the right username and password into the user's secret, nobody logs in"
                        + " until it has a new version. After logins without an answer: it is tried again within an"
                        + " hour, but never more than four times. If the user is locked, only ThingSpace support can"
                        + " help.";
            case "invalid_client" ->
                "Put the application's present clientId and clientSecret into its client secret; it is tried again"
                        + " within 5 minutes.";
            case RefreshToken.UNAVAILABLE ->
                "Nothing yet: it is tried again every 5 minutes. If this goes on for hours, ask ThingSpace support.";
            case RefreshToken.UNPROVED ->
                "Nothing yet: a new token is asked for within 5 minutes. If it comes again, ask ThingSpace support.";
            case RefreshToken.TOO_MANY ->
                "Find out who refuses tokens that are good: see the TokenRejected events of the last hour.";
            default -> "Look the code up in the runbook token-refresh-failing; it is tried again within 5 minutes.";
        };
    }

    private static String topic(TokenRealm realm, String what, String which) {
        return "token#" + realm.code() + "#" + what + "#" + which;
    }
}
