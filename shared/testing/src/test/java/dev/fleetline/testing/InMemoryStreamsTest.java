package dev.fleetline.testing;

import dev.fleetline.carrier.CarrierStreams;
import dev.fleetline.device.DeviceId;

class InMemoryStreamsTest extends CarrierStreamsContract {

    private final InMemoryStreams streams = new InMemoryStreams(() -> NOW);

    @Override
    protected CarrierStreams streams() {
        return streams;
    }

    @Override
    protected void refusesToMove() {
        streams.refusesToMove();
    }

    @Override
    protected DeviceId deviceThatReported(int times) {
        DeviceId uid = new DeviceId("d0c1e0a1-0000-6abc-f001-0123456789ab");
        for (int time = 0; time < times; time++) {
            streams.reports(
                    uid,
                    "{\"kind\":\"ts.event\",\"data\":{\"deviceid\":\"" + uid.value() + "\",\"versionid\":\"v" + time
                            + "\"}}");
        }
        return uid;
    }
}
