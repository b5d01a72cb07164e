package dev.fleetline.testing;

import dev.fleetline.claims.Claims;

class InMemoryClaimsTest extends ClaimsContract {

    private final InMemoryStore store = new InMemoryStore();

    @Override
    protected Claims claims() {
        return new InMemoryClaims(store);
    }
}
