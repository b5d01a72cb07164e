package dev.fleetline.thingspacesimulator.lines;

import dev.fleetline.thingspacesimulator.lines.DeviceIds.Kind;
import dev.fleetline.thingspacesimulator.wire.PlatformIds;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The lines that are in the account, found by each of their ids: of two devices none has the card or the number of the other. */
final class Account {

    /** An IMEI without what may follow: a check digit, or a software version. */
    private static final int SERIAL_ENDS = 14;

    /** A device that has lost its number gets one that is so much greater. */
    private static final int NEXT_NUMBER = 10_000;

    private final Map<String, Line> lines = new LinkedHashMap<>();
    private final Map<String, String> keysByIccid = new HashMap<>();
    private final Map<String, String> keysByMdn = new HashMap<>();
    private long lastDeviceId;

    /** In the order of their ids. */
    Collection<Line> lines() {
        return Collections.unmodifiableCollection(lines.values());
    }

    Optional<Line> of(String imei) {
        return Optional.ofNullable(lines.get(key(imei)));
    }

    Optional<Line> find(DeviceIds ids) {
        return ids.the(Kind.IMEI)
                .map(Account::key)
                .or(() -> ids.the(Kind.ICCID).flatMap(iccid -> Optional.ofNullable(keysByIccid.get(iccid))))
                .or(() -> ids.the(Kind.MDN).flatMap(mdn -> Optional.ofNullable(keysByMdn.get(mdn))))
                .flatMap(key -> Optional.ofNullable(lines.get(key)));
    }

    /** Whether the card is in any device. */
    boolean hasSim(String iccid) {
        return keysByIccid.containsKey(iccid);
    }

    /** Whether the card is in another device than the one it is asked for with. */
    boolean isSimInUse(DeviceIds ids) {
        Optional<String> holder = ids.the(Kind.ICCID).flatMap(iccid -> Optional.ofNullable(keysByIccid.get(iccid)));
        return holder.isPresent()
                && !holder.equals(ids.the(Kind.IMEI).map(Account::key).or(() -> holder));
    }

    Line create(DeviceIds ids, String imei, Instant at) {
        Line line = new Line(++lastDeviceId, imei, Optional.empty(), at);
        lines.put(key(imei), line);
        ids.the(Kind.ICCID).ifPresent(iccid -> putIn(line, iccid));
        return line;
    }

    /** Puts this card into the device. */
    void putIn(Line line, String iccid) {
        line.iccid().ifPresent(keysByIccid::remove);
        keysByIccid.put(iccid, key(line.imei()));
        line.use(iccid);
    }

    /** Puts the line onto the network, with a number of its own: its n-th, unless another line has that. */
    void putOn(Line line, Instant at, int nth) {
        long number = Long.parseLong(firstNumber(line.imei())) + (long) NEXT_NUMBER * nth;
        while (keysByMdn.containsKey(Long.toString(number))) {
            number++;
        }
        keysByMdn.put(Long.toString(number), key(line.imei()));
        line.activate(Long.toString(number), at);
    }

    /** Takes the line off the network, which costs its number. */
    void takeOff(Line line) {
        line.mdn().ifPresent(keysByMdn::remove);
        line.deactivate();
    }

    void remove(Line line) {
        takeOff(line);
        line.iccid().ifPresent(keysByIccid::remove);
        lines.remove(key(line.imei()));
    }

    /** The number that a device gets unless it is taken; its IMEI may be without a check digit. */
    static String firstNumber(String imei) {
        return PlatformIds.mdn((imei + "0").substring(0, SERIAL_ENDS + 1));
    }

    /** By which a device is the same, however its IMEI is written. */
    static String key(String imei) {
        return imei.length() > SERIAL_ENDS ? imei.substring(0, SERIAL_ENDS) : imei;
    }
}
