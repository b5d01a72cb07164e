package dev.fleetline.testing;

import dev.fleetline.callback.CallbackSecretVersions;

class InMemoryCallbackSecretVersionsTest extends CallbackSecretVersionsContract {

    private final InMemoryCallbackSecretVersions versions =
            new InMemoryCallbackSecretVersions(MovableClock.at("2026-03-02T15:00:00Z"));

    @Override
    protected CallbackSecretVersions secretOfPeople() {
        versions.has(FIRST, PUT_BY_PEOPLE);
        return versions;
    }

    @Override
    protected void begins(String versionId) {
        versions.begins(versionId);
    }
}
