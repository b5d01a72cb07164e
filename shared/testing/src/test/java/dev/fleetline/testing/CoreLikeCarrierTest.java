package dev.fleetline.testing;

class CoreLikeCarrierTest extends ScriptedCarrierContract {

    CoreLikeCarrierTest() {
        super(new ScriptedCarrier());
    }
}
