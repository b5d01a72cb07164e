package dev.fleetline.tokenrefresh;

import dev.fleetline.tokens.SessionDesk;
import dev.fleetline.tokens.TokenIssuer;
import dev.fleetline.tokens.TokenProof;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Whom to ask in one realm.
 *
 * @param sessions where the realm's tokens go together with a session
 * @param isInUse whether anybody has filled in the application's credentials; asked while there is no token yet
 * @param renewBefore with less than this left a token is renewed
 */
record RealmDesk(
        TokenIssuer issuer,
        TokenProof proof,
        Optional<SessionDesk> sessions,
        BooleanSupplier isInUse,
        Duration renewBefore) {}
