package dev.fleetline.testing;

import dev.fleetline.callback.SigningKeyBook;
import dev.fleetline.callback.SigningKeys;

class InMemorySigningKeysTest extends SigningKeyBookContract {

    private final InMemorySigningKeys keys = new InMemorySigningKeys();

    @Override
    protected SigningKeyBook book() {
        return keys;
    }

    @Override
    protected SigningKeys reader() {
        return keys;
    }
}
