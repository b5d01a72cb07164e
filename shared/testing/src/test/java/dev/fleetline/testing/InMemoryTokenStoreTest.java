package dev.fleetline.testing;

import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenStore;

class InMemoryTokenStoreTest extends TokenStoreContract {

    @Override
    protected TokenStore storeWithoutToken() {
        var store = new InMemoryTokenStore();
        store.hasNone(TokenRealm.CORE, FIRST);
        return store;
    }
}
