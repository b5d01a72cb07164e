package dev.fleetline.tokenauthorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.testing.InMemoryClaims;
import dev.fleetline.testing.InMemoryStore;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.tokenauthorization.AskForConsent.Asked;
import dev.fleetline.tokens.ClientCredentials;
import dev.fleetline.tokens.TokenStore.BadSecret;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class AskForConsentTest {

    private final MovableClock clock = MovableClock.at("2026-03-02T15:00:00Z");
    private final InMemoryStore tables = new InMemoryStore();
    private final Random random = new Random(7);

    @Test
    void every_link_has_a_state_of_its_own_that_is_kept_as_a_digest_for_ten_minutes() {
        var seen = new HashSet<String>();
        for (int i = 0; i < 100; i++) {
            Asked asked = asking(AskForConsentTest::filledIn).run();

            assertThat(asked).isInstanceOfSatisfying(Asked.At.class, at -> {
                String state = String.valueOf(at.address().getQuery()).replaceFirst(".*state=", "");
                assertThat(state).matches("[A-Za-z0-9_-]{43}");
                assertThat(asked.toString()).doesNotContain(state);
                assertThat(tables.tickets().keySet()).noneMatch(ticket -> ticket.contains(state));
                seen.add(state);
            });
        }

        assertThat(seen).hasSize(100);
        assertThat(tables.tickets()).hasSize(100).allSatisfy((ticket, until) -> assertThat(until)
                .isEqualTo(clock.instant().plus(Duration.ofMinutes(10))));
    }

    @Test
    void while_the_secret_is_not_filled_in_nobody_is_sent_anywhere() {
        assertThat(asking(() -> {
                            throw new BadSecret("secret fleetline/test/core/client: field clientId is missing");
                        })
                        .run())
                .isEqualTo(new Asked.NotFilledIn("secret fleetline/test/core/client: field clientId is missing"));
        assertThat(asking(() -> new ClientCredentials("an-id", "hush", Optional.empty()))
                        .run())
                .isInstanceOfSatisfying(Asked.NotFilledIn.class, asked -> assertThat(asked.complaint())
                        .contains("fleetline/test/core/client", "redirectUri")
                        .doesNotContain("hush"));
        assertThat(tables.tickets()).isEmpty();
    }

    private static ClientCredentials filledIn() {
        return new ClientCredentials(
                "an-id", "hush", Optional.of(URI.create("https://app.example.test/oauth2/callback")));
    }

    private AskForConsent asking(Supplier<ClientCredentials> credentials) {
        return new AskForConsent(
                new Application("fleetline/test/core/client", credentials),
                (scopes, state, redirectUri) -> URI.create(
                        "https://core.example.test/?scope=" + String.join("%20", scopes) + "&state=" + state),
                new InMemoryClaims(tables),
                clock,
                random,
                List.of("ts.device", "ts.target"));
    }
}
