package dev.fleetline.alert;

import dev.fleetline.device.Imei;

/** What an alert is about. */
public sealed interface Subject {

    /** The subject as a key: {@code device#<imei>}. Holds a personal id: not for logs. */
    String key();

    /** One device. */
    record OfDevice(Imei imei) implements Subject {
        @Override
        public String key() {
            return "device#" + imei.digits();
        }
    }
}
