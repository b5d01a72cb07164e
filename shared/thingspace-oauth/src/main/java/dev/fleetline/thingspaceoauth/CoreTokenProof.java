package dev.fleetline.thingspaceoauth;

import dev.fleetline.tokens.AccessToken;
import dev.fleetline.tokens.TokenIssuer;
import dev.fleetline.tokens.TokenIssuer.Info;
import dev.fleetline.tokens.TokenProof;

/** Proves a Core token by asking its issuer what it knows of it. */
public final class CoreTokenProof implements TokenProof {

    private final TokenIssuer issuer;

    /** Asks that issuer. */
    public CoreTokenProof(TokenIssuer issuer) {
        this.issuer = issuer;
    }

    @Override
    public Proof prove(AccessToken token) {
        return switch (issuer.info(token.accessToken())) {
            case Info.Alive _ -> new Proof.Alive();
            case Info.Unknown() -> new Proof.TokenEnded();
            case Info.Unavailable(var reason) -> new Proof.Unavailable(reason);
        };
    }
}
