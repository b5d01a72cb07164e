package dev.fleetline.local.bench.health;

import dev.fleetline.alert.AlertBook;
import dev.fleetline.alert.AlertLife.Occasion;
import dev.fleetline.alert.JudgeDevice;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.Health;
import dev.fleetline.fleetevents.Announcer;
import java.time.InstantSource;
import java.util.Optional;

/** The passes of the sweep. */
final class Passes {

    private final DeviceRegistry devices;
    private final JudgeDevice judgeDevice;

    Passes(DeviceRegistry devices, AlertBook alerts, Health health, Announcer announcer, InstantSource clock) {
        this.devices = devices;
        this.judgeDevice = new JudgeDevice(
                devices, alerts, health, announcer, "health-sweep", "https://runbooks.example.test", clock);
    }

    void overdue() {
        fleet();
    }

    void fleet() {
        for (Device device : devices.page(0, 1, Optional.empty(), 1_000_000).devices()) {
            judgeDevice.run(device, Occasion.SWEEP, Optional.of("pass"), "pass");
        }
    }
}
