package dev.fleetline.fleetevents;

import dev.fleetline.fleetevents.FleetEvent.TokenRefreshed;
import java.time.Duration;
import java.time.Instant;

/**
 * Says that a realm has a new token, once per version, whoever made it current: a refresher that finds the version of
 * another one says what that one may have died before saying, under the same event id.
 */
public final class NewTokenNews {

    /** Longer than any token lives. */
    private static final Duration FOR_GOOD = Duration.ofDays(400);

    private final TellOnce news;

    public NewTokenNews(TellOnce news) {
        this.news = news;
    }

    /** A version of a realm's secret, and how long the token in it lives. */
    public record Version(String realm, String secret, String versionId, Instant obtainedAt, Instant expiresAt) {}

    /** Tells unless it was told already; {@code holder} is an id of this invocation. */
    public void tell(Version version, String holder, Instant now) {
        var event = new TokenRefreshed(
                Digest.of(version.secret(), version.versionId()),
                version.realm(),
                version.secret(),
                version.versionId(),
                version.obtainedAt(),
                version.expiresAt());
        String topic = "token#" + version.realm() + "#refreshed#" + version.versionId();
        news.tell(topic, event, holder, now, now.plus(FOR_GOOD));
    }
}
