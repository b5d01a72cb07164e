package dev.fleetline.testing;

class M2mLikeCarrierTest extends ScriptedCarrierContract {

    M2mLikeCarrierTest() {
        super(ScriptedCarrier.ofLines());
    }
}
