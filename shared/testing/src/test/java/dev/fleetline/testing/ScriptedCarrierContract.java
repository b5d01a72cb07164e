package dev.fleetline.testing;

import dev.fleetline.carrier.CarrierGateway;
import dev.fleetline.carrier.CarrierReply.TokenRefused;
import dev.fleetline.device.Imei;
import dev.fleetline.testing.ScriptedCarrier.Call;

/** The scripted carrier, of either kind. */
abstract class ScriptedCarrierContract extends CarrierGatewayContract {

    private final ScriptedCarrier carrier;

    ScriptedCarrierContract(ScriptedCarrier carrier) {
        this.carrier = carrier;
    }

    @Override
    protected CarrierGateway carrier() {
        return carrier;
    }

    @Override
    protected void checksIn(Imei imei) {
        carrier.becomesReady(imei);
    }

    @Override
    protected void losesNextAnswer() {
        carrier.losesNextAnswer(Call.REGISTER);
        carrier.losesNextAnswer(Call.ACTIVATE);
    }

    @Override
    protected void refusesTheToken() {
        carrier.answersNext(Call.ACTIVATE, new TokenRefused<>("fleetline/test/core/token", "v1"));
    }

    @Override
    protected int registrations(Imei imei) {
        return carrier.registrations(imei);
    }

    @Override
    protected int activations(Imei imei) {
        return carrier.activations(imei);
    }
}
