package dev.fleetline.tokenauthorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.fleetevents.Digest;
import dev.fleetline.fleetevents.NewTokenNews;
import dev.fleetline.fleetevents.Outgoing;
import dev.fleetline.fleetevents.TellOnce;
import dev.fleetline.testing.InMemoryClaims;
import dev.fleetline.testing.InMemoryOutbox;
import dev.fleetline.testing.InMemoryStore;
import dev.fleetline.testing.InMemoryTokenStore;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.RecordingFleetEvents;
import dev.fleetline.testing.ScriptedIssuer;
import dev.fleetline.tokens.AccessToken;
import dev.fleetline.tokens.ClientCredentials;
import dev.fleetline.tokens.TokenIssuer.Grant;
import dev.fleetline.tokens.TokenIssuer.Info;
import dev.fleetline.tokens.TokenIssuer.Issue;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenStore.Stored;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TakeTokenTest {

    private static final TokenRealm CORE = TokenRealm.CORE;
    private static final List<String> SCOPES = List.of("ts.device", "ts.target");
    private static final URI OURS = URI.create("https://app.example.test/oauth2/callback");
    private static final String SECRET = "fleetline/test/core/token";

    private final MovableClock clock = MovableClock.at("2026-03-02T15:00:00Z");
    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final ScriptedIssuer issuer = new ScriptedIssuer(clock);
    private final InMemoryStore tables = new InMemoryStore();
    private final InMemoryClaims claims = new InMemoryClaims(tables);
    private final RecordingFleetEvents bus = new RecordingFleetEvents();
    private final AtomicLong ids = new AtomicLong();
    private final State state = State.random(new Random(7));

    /** The process dies here. */
    private static final class Death extends RuntimeException {}

    @BeforeEach
    void a_person_has_consented_and_there_has_never_been_a_token() {
        store.hasNone(CORE, "version-none");
        issuer.handsOut("the-code", "ts.device", "ts.target");
        claims.issue(state.ticket(), clock.instant().plus(AskForConsent.STATE_LIVES));
    }

    @Test
    void a_code_becomes_the_current_token_and_that_is_told() {
        issuer.rotate();

        assertThat(comesBack("the-code"))
                .isEqualTo(new Outcome.Authorised(
                        SCOPES, List.of(), clock.instant().plus(Duration.ofDays(30)), true));

        Stored current = store.current(CORE);
        assertThat(current.token()).map(AccessToken::accessToken).contains("token-1");
        assertThat(issuer.grants()).containsExactly(new Grant.AuthorizationCode("the-code", Optional.of(OURS), SCOPES));
        assertThat(told()).singleElement().satisfies(event -> {
            assertThat(event.detailType()).isEqualTo("TokenRefreshed");
            assertThat(event.source()).isEqualTo("fleetline.token-authorization");
            assertThat(event.eventId())
                    .as("as token-refresh would name it")
                    .isEqualTo(Digest.of(SECRET, current.versionId()));
            assertThat(event.detail()).doesNotContain("token-1", "refresh-after-1", "the-code");
        });
        assertThat(tables.outbox()).isEmpty();
    }

    @Test
    void the_way_back_counts_once() {
        comesBack("the-code");
        issuer.handsOut("another-code", "ts.device");

        assertThat(comesBack("the-code")).isInstanceOf(Outcome.StateUnknown.class);
        assertThat(comesBack("another-code")).isInstanceOf(Outcome.StateUnknown.class);

        assertThat(issuer.grants()).hasSize(1);
        assertThat(told()).hasSize(1);
    }

    @Test
    void a_state_of_somebody_else_s_exchanges_nothing() {
        State foreign = State.random(new Random(8));

        assertThat(takeToken().run(new CameBack(Optional.of(foreign), Optional.of("the-code"), Optional.empty()), "r"))
                .isInstanceOf(Outcome.StateUnknown.class);
        assertThat(takeToken().run(new CameBack(Optional.empty(), Optional.of("the-code"), Optional.empty()), "r"))
                .isInstanceOf(Outcome.StateUnknown.class);

        assertThat(issuer.grants()).isEmpty();
        assertThat(comesBack("the-code")).as("and ours still counts").isInstanceOf(Outcome.Authorised.class);
    }

    @Test
    void a_state_counts_for_ten_minutes() {
        clock.forward(Duration.ofMinutes(10));

        assertThat(comesBack("the-code")).isInstanceOf(Outcome.StateUnknown.class);
        assertThat(issuer.grants()).isEmpty();
    }

    @Test
    void a_person_who_says_no_changes_nothing_and_has_used_the_state() {
        var no = new CameBack(Optional.of(state), Optional.empty(), Optional.of("access_denied"));

        assertThat(takeToken().run(no, "r")).isEqualTo(new Outcome.Denied("access_denied"));

        assertThat(tables.tickets()).isEmpty();
        assertThat(comesBack("the-code")).isInstanceOf(Outcome.StateUnknown.class);
        assertThat(store.versions(CORE)).isEqualTo(1);
    }

    @Test
    void a_code_that_the_platform_refuses_or_cannot_exchange_stores_nothing() {
        assertThat(comesBack("used-before")).isEqualTo(new Outcome.CodeRefused("invalid_grant"));

        claims.issue(state.ticket(), clock.instant().plusSeconds(1));
        issuer.answersNext(new Issue.Unavailable("no answer within PT10S"));
        assertThat(comesBack("the-code")).isEqualTo(new Outcome.Unavailable("no answer within PT10S"));

        assertThat(store.versions(CORE)).isEqualTo(1);
        assertThat(told()).isEmpty();
    }

    @Test
    void a_code_whose_answer_came_too_late_is_spent_and_the_person_begins_again() {
        issuer.losesNextAnswer();
        assertThat(comesBack("the-code")).isEqualTo(new Outcome.Unavailable("no answer within PT10S"));

        claims.issue(state.ticket(), clock.instant().plusSeconds(1));
        assertThat(comesBack("the-code")).isEqualTo(new Outcome.CodeRefused("invalid_grant"));
        assertThat(store.versions(CORE)).isEqualTo(1);
    }

    @Test
    void without_a_code_nothing_is_asked_for() {
        var nothing = new CameBack(Optional.of(state), Optional.empty(), Optional.empty());

        assertThat(takeToken().run(nothing, "r")).isInstanceOf(Outcome.NoCode.class);
        assertThat(issuer.grants()).isEmpty();
    }

    @Test
    void no_code_is_spent_while_a_secret_cannot_be_read_or_lacks_the_address() {
        var back = new CameBack(Optional.of(state), Optional.of("the-code"), Optional.empty());
        var nowhere = new Application(
                "fleetline/test/core/client", () -> new ClientCredentials("an-id", "hush", Optional.empty()));

        assertThat(takeToken(nowhere, store).run(back, "r"))
                .isInstanceOfSatisfying(Outcome.NotFilledIn.class, outcome -> assertThat(outcome.complaint())
                        .contains("secret fleetline/test/core/client: field redirectUri", "infra/secrets")
                        .doesNotContain("hush"));

        claims.issue(state.ticket(), clock.instant().plusSeconds(1));
        assertThat(takeToken(application(), new InMemoryTokenStore()).run(back, "r"))
                .isInstanceOf(Outcome.NotFilledIn.class);
        assertThat(issuer.grants()).isEmpty();
    }

    @Test
    void a_token_that_is_not_proved_lies_beside_the_current_one_for_token_refresh() {
        issuer.answersNext(new Info.Unavailable("answered 502 with something that is not JSON"));

        assertThat(comesBack("the-code")).isInstanceOf(Outcome.SetAside.class);

        assertThat(store.current(CORE).token()).isEmpty();
        assertThat(candidate()).contains("token-1");
        assertThat(told()).isEmpty();
    }

    @Test
    void a_token_that_the_issuer_does_not_know_does_not_become_current() {
        issuer.answersNext(new Info.Unknown());

        assertThat(comesBack("the-code")).isInstanceOf(Outcome.SetAside.class);
        assertThat(store.current(CORE).token()).isEmpty();
    }

    @Test
    void a_token_that_opens_no_device_does_not_become_current() {
        issuer.handsOut("weak-code", "ts.target");

        assertThat(comesBack("weak-code")).isInstanceOf(Outcome.Powerless.class);
        assertThat(store.current(CORE).token()).isEmpty();
        assertThat(store.candidate(CORE)).isEmpty();
        assertThat(told()).isEmpty();
    }

    @Test
    void a_scope_that_was_asked_for_and_not_given_is_named() {
        issuer.handsOut("weaker-code", "ts.device");

        assertThat(comesBack("weaker-code")).isInstanceOfSatisfying(Outcome.Authorised.class, authorised -> {
            assertThat(authorised.missing()).containsExactly("ts.target");
            assertThat(authorised.renewable()).isFalse();
        });
    }

    @Test
    void a_death_between_the_exchange_and_the_end_leaves_the_token_where_token_refresh_finds_it() {
        store.onEffect(effect -> {
            if (effect.equals("promote token:before")) {
                throw new Death();
            }
        });

        assertThatThrownBy(() -> comesBack("the-code")).isInstanceOf(Death.class);

        assertThat(candidate()).contains("token-1");
    }

    @Test
    void a_refresher_that_was_faster_is_overtaken_by_the_person_s_token() {
        othersBecomeCurrent(1);

        assertThat(comesBack("the-code")).isInstanceOf(Outcome.Authorised.class);
        assertThat(store.current(CORE).token()).map(AccessToken::accessToken).contains("token-1");
    }

    @Test
    void two_that_were_faster_are_left_alone() {
        othersBecomeCurrent(2);

        assertThat(comesBack("the-code")).isInstanceOf(Outcome.Overtaken.class);
        assertThat(store.current(CORE).versionId()).isEqualTo("of-another-2");
        assertThat(told()).isEmpty();
    }

    @Test
    void a_bus_that_is_down_leaves_the_news_in_the_outbox() {
        bus.refuse(event -> true);

        assertThat(comesBack("the-code")).isInstanceOf(Outcome.Authorised.class);
        assertThat(tables.outbox()).extracting(Outgoing::detailType).containsExactly("TokenRefreshed");
    }

    private void othersBecomeCurrent(int times) {
        var left = new AtomicInteger(times);
        store.onEffect(effect -> {
            if (effect.equals("promote token:before") && left.getAndDecrement() > 0) {
                store.has(CORE, "of-another-" + (times - left.get()), tokenOfAnother());
            }
        });
    }

    private AccessToken tokenOfAnother() {
        return new AccessToken("other", Optional.empty(), SCOPES, clock.instant(), Duration.ofDays(30));
    }

    private Optional<String> candidate() {
        return store.candidate(CORE).flatMap(Stored::token).map(AccessToken::accessToken);
    }

    private List<Outgoing> told() {
        return bus.published();
    }

    private Outcome comesBack(String code) {
        return takeToken().run(new CameBack(Optional.of(state), Optional.of(code), Optional.empty()), "request-1");
    }

    private TakeToken takeToken() {
        return takeToken(application(), store);
    }

    private static Application application() {
        return new Application(
                "fleetline/test/core/client", () -> new ClientCredentials("an-id", "hush", Optional.of(OURS)));
    }

    private TakeToken takeToken(Application application, InMemoryTokenStore tokens) {
        return new TakeToken(
                application,
                claims,
                issuer,
                tokens,
                new NewTokenNews(new TellOnce(
                        TokenAuthorizationHandler.FUNCTION, claims, new Announcer(new InMemoryOutbox(tables), bus))),
                clock,
                () -> new UUID(0, ids.incrementAndGet()),
                SCOPES);
    }
}
