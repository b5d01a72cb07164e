package dev.fleetline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.tokens.TokenIssuer;
import dev.fleetline.tokens.TokenIssuer.Grant;
import dev.fleetline.tokens.TokenIssuer.Info;
import dev.fleetline.tokens.TokenIssuer.Issue;
import dev.fleetline.tokens.TokenIssuer.Revocation;
import org.junit.jupiter.api.Test;

/** What every {@link TokenIssuer} promises. */
public abstract class TokenIssuerContract {

    /** The one refresh token that the issuer knows. */
    protected static final String KNOWN = "refresh-known";

    /** An issuer that knows {@link #KNOWN}. */
    protected abstract TokenIssuer issuer();

    @Test
    void a_refresh_token_it_knows_gives_a_token_that_it_calls_alive() {
        TokenIssuer issuer = issuer();

        assertThat(issuer.issue(new Grant.Refresh(KNOWN)))
                .isInstanceOfSatisfying(Issue.Issued.class, issued -> assertThat(
                                issuer.info(issued.token().accessToken()))
                        .isInstanceOf(Info.Alive.class));
    }

    @Test
    void a_refresh_token_it_does_not_know_is_refused() {
        assertThat(issuer().issue(new Grant.Refresh("somebody-elses")))
                .isInstanceOfSatisfying(Issue.Refused.class, refused -> assertThat(refused.code())
                        .isEqualTo("invalid_grant"));
    }

    @Test
    void a_token_that_it_never_issued_is_unknown_and_no_fault() {
        assertThat(issuer().info("never-issued")).isEqualTo(new Info.Unknown());
    }

    @Test
    void revoking_is_answered_whatever_is_revoked() {
        assertThat(issuer().revoke("never-issued")).isEqualTo(new Revocation.Answered());
    }
}
