package dev.fleetline.testing;

import dev.fleetline.callback.Hearing;

class InMemoryHearingTest extends HearingContract {

    private final InMemoryHearing hearing = new InMemoryHearing();

    @Override
    protected Hearing hearing() {
        return hearing;
    }
}
