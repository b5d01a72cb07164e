package dev.fleetline.deviceonboarding;

import dev.fleetline.carrier.CarrierGateway;
import dev.fleetline.carrier.CarrierReply;
import java.util.Optional;
import java.util.function.Supplier;

/** Kills what is running at its n-th effect. */
final class Deaths {

    private int left = Integer.MAX_VALUE;

    /** The process ended here. Nobody may catch it and go on, as one may after an exception. */
    static final class Died extends Error {
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
            public CarrierReply<Optional<CarrierDevice>> find(Line line) {
                return effects("find", () -> carrier.find(line));
            }

            @Override
            public CarrierReply<CarrierDevice> register(NewDevice device) {
                return effects("register", () -> carrier.register(device));
            }

            @Override
            public CarrierReply<Acceptance> activate(Activation activation) {
                return effects("activate", () -> carrier.activate(activation));
            }

            @Override
            public int mostAtOnce() {
                return carrier.mostAtOnce();
            }

            @Override
            public CarrierReply<Progress> progress(String account, String requestId) {
                return effects("progress", () -> carrier.progress(account, requestId));
            }

            @Override
            public CarrierReply<Page> list(String account, Optional<String> after) {
                return effects("list", () -> carrier.list(account, after));
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
