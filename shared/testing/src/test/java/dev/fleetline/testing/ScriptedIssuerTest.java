package dev.fleetline.testing;

import dev.fleetline.tokens.TokenIssuer;

class ScriptedIssuerTest extends TokenIssuerContract {

    @Override
    protected TokenIssuer issuer() {
        var issuer = new ScriptedIssuer(MovableClock.at("2026-03-02T15:00:00Z"));
        issuer.knows(KNOWN);
        return issuer;
    }
}
