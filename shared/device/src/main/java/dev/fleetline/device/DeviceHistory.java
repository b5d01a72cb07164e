package dev.fleetline.device;

import dev.fleetline.device.Consequences.HistoryEntry;
import java.util.List;

/** What has befallen devices, to be looked at by people: {@link DeviceRegistry#save} writes it. */
public interface DeviceHistory {

    /** The newest lines of a device, at most so many, the newest last. */
    List<HistoryEntry> newest(Imei imei, int limit);
}
