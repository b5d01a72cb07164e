package dev.fleetline.tokenauthorization;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PageTest {

    private static final Instant END = Instant.parse("2026-04-01T15:00:00Z");

    static Stream<HttpReply> pages() {
        return Stream.concat(
                outcomes().map(arguments -> Page.of((Outcome) arguments.get()[0])),
                Stream.of(
                        Page.notFound(),
                        Page.onlyToBeRead(),
                        Page.broken(),
                        Page.notFilledIn("secret a: field b is missing")));
    }

    static Stream<Arguments> outcomes() {
        return Stream.of(
                Arguments.of(authorised(true), 200, "It is renewed by itself"),
                Arguments.of(authorised(false), 200, "somebody has to do this again"),
                Arguments.of(new Outcome.StateUnknown(), 400, "used before, is more than ten minutes old"),
                Arguments.of(new Outcome.Denied("access_denied"), 403, "The login or the consent was refused"),
                Arguments.of(new Outcome.Denied("invalid_scope"), 403, "parameter AuthorizeScopes"),
                Arguments.of(new Outcome.Denied("server_error"), 403, "server_error"),
                Arguments.of(new Outcome.NoCode(), 400, "sent no code back"),
                Arguments.of(new Outcome.CodeRefused("invalid_grant"), 400, "A code counts once"),
                Arguments.of(new Outcome.CodeRefused("invalid_client"), 400, "infra/secrets, core-client"),
                Arguments.of(new Outcome.CodeRefused("unauthorized_client"), 400, "unauthorized_client"),
                Arguments.of(new Outcome.Unavailable("no answer within PT10S"), 503, "no answer within PT10S"),
                Arguments.of(new Outcome.SetAside("answered 500"), 503, "kept beside the present one"),
                Arguments.of(new Outcome.Powerless(), 403, "without the scope ts.device"),
                Arguments.of(new Outcome.Overtaken(), 409, "another one became current"),
                Arguments.of(
                        new Outcome.NotFilledIn("secret fleetline/dev/core/client: field clientId is missing"),
                        503,
                        "secret fleetline/dev/core/client: field clientId is missing"));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void every_outcome_has_a_page_that_says_what_happened(Outcome outcome, int status, String words) {
        HttpReply page = Page.of(outcome);

        assertThat(page.statusCode()).isEqualTo(status);
        assertThat(page.body()).contains(words);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void a_page_needs_nothing_from_anywhere_and_is_kept_nowhere(HttpReply page) {
        assertThat(page.headers())
                .containsEntry("cache-control", "no-store")
                .containsEntry("referrer-policy", "no-referrer")
                .containsEntry("content-type", "text/html; charset=utf-8")
                .hasEntrySatisfying("content-security-policy", policy -> assertThat(policy)
                        .startsWith("default-src 'none'; style-src 'unsafe-inline'"));
        assertThat(page.body())
                .startsWith("<!doctype html>")
                .contains("name=\"viewport\"", "prefers-color-scheme: dark", "<h1>")
                .doesNotContain("<script", "http://", "https://", "%1$s");
    }

    @Test
    void the_token_s_end_is_told_in_words() {
        assertThat(Page.of(authorised(true)).body())
                .contains("Fleetline is authorised", "1 April 2026, 15:00 UTC", "<code>ts.device</code>");
    }

    @Test
    void what_is_missing_is_named() {
        var weak = new Outcome.Authorised(List.of("ts.device"), List.of("ts.target"), END, true);

        assertThat(Page.of(weak).body()).contains("Asked for and not given: ts.target");
    }

    @Test
    void whoever_wrote_a_text_it_is_only_text() {
        String ugly = "<img src=x onerror=\"alert('1')\"> & %s %n";

        assertThat(Stream.of(
                                Page.of(new Outcome.Unavailable(ugly)),
                                Page.of(new Outcome.Denied(ugly)),
                                Page.of(new Outcome.CodeRefused(ugly)),
                                Page.of(new Outcome.Authorised(List.of(ugly), List.of(ugly), END, true)))
                        .map(HttpReply::body))
                .allSatisfy(body -> assertThat(body)
                        .contains("&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; %s %n")
                        .doesNotContain("<img"));
    }

    @Test
    void another_method_is_told_which_one_counts() {
        assertThat(Page.onlyToBeRead().statusCode()).isEqualTo(405);
        assertThat(Page.onlyToBeRead().headers()).containsEntry("allow", "GET");
    }

    private static Outcome authorised(boolean renewable) {
        return new Outcome.Authorised(List.of("ts.device", "ts.target"), List.of(), END, renewable);
    }
}
