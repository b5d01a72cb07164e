package dev.fleetline.deviceonboarding;

import dev.fleetline.carrier.CarrierGateway;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.device.DeviceId;
import dev.fleetline.device.Imei;
import java.util.Optional;
import java.util.function.Supplier;

/** Kills what is running at its n-th effect. */
final class Deaths {

    private int left = Integer.MAX_VALUE;

    /** The process ended here. */
    static final class Died extends RuntimeException {
        Died(String effect) {
            super("died at " + effect);
        }
    }

    /** From now on: dies at the n-th effect, from 0. */
    void dieAt(int effect) {
        left = effect;
    }

    void never() {
        left = Integer.MAX_VALUE;
    }

    void effect(String name) {
        if (left-- == 0) {
            throw new Died(name);
        }
    }

    /** The same carrier, with an effect before and after each call. */
    CarrierGateway around(CarrierGateway carrier) {
        return new CarrierGateway() {
            @Override
            public CarrierReply<Optional<CarrierDevice>> find(Imei imei) {
                return effects("find", () -> carrier.find(imei));
            }

            @Override
            public CarrierReply<CarrierDevice> get(DeviceId uid) {
                return effects("get", () -> carrier.get(uid));
            }

            @Override
            public CarrierReply<CarrierDevice> register(NewDevice device) {
                return effects("register", () -> carrier.register(device));
            }

            @Override
            public CarrierReply<Acceptance> activate(DeviceId uid) {
                return effects("activate", () -> carrier.activate(uid));
            }

            @Override
            public CarrierReply<String> createTarget(StreamTarget target) {
                return effects("createTarget", () -> carrier.createTarget(target));
            }

            @Override
            public CarrierReply<String> createSubscription(String targetId, String streamKind, String name) {
                return effects("createSubscription", () -> carrier.createSubscription(targetId, streamKind, name));
            }
        };
    }

    private <T> T effects(String name, Supplier<T> call) {
        effect(name + ":before");
        T result = call.get();
        effect(name + ":after");
        return result;
    }
}
