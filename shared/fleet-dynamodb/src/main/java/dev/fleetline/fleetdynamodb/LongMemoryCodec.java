package dev.fleetline.fleetdynamodb;

import dev.fleetline.device.BatteryHistory;
import dev.fleetline.device.SignalDays;
import dev.fleetline.device.Vitals;
import dev.fleetline.device.Wakes;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Packs what is remembered of a device for longer than its windows go back.
 *
 * <pre>
 * memory  = number of wakes, wake..., number of signal days, signal day..., number of battery days, battery day...
 * wake    = seconds since the one before
 * signal  = days since the one before, sum, readings
 * battery = (a gap octet, days since the one before)? unless it is the next day, percent and charging in one octet
 * </pre>
 */
final class LongMemoryCodec {

    /** More than any percent and charging. */
    private static final int GAP = 255;

    private LongMemoryCodec() {}

    static void pack(PackedBytes out, Vitals vitals) {
        List<Instant> wakes = vitals.wakes().firsts();
        out.octet(wakes.size());
        long second = 0;
        for (Instant wake : wakes) {
            out.number(wake.getEpochSecond() - second);
            second = wake.getEpochSecond();
        }
        List<SignalDays.Day> signal = vitals.signal().days();
        out.octet(signal.size());
        long date = 0;
        for (SignalDays.Day day : signal) {
            out.number(day.date().toEpochDay() - date).number(day.tenths()).number(day.readings());
            date = day.date().toEpochDay();
        }
        List<BatteryHistory.Day> battery = vitals.battery().days();
        out.octet(battery.size());
        date = 0;
        for (BatteryHistory.Day day : battery) {
            long days = day.date().toEpochDay() - date;
            if (days != 1) {
                out.octet(GAP).number(days);
            }
            out.octet((day.low() << 1) | (day.charged() ? 1 : 0));
            date = day.date().toEpochDay();
        }
    }

    /** These vitals with the memory that follows them. */
    static Vitals unpack(PackedBytes.Reader in, Vitals vitals) {
        List<Instant> wakes = new ArrayList<>();
        long second = 0;
        for (int left = in.octet(); left > 0; left--) {
            second += in.number();
            wakes.add(Instant.ofEpochSecond(second));
        }
        List<SignalDays.Day> signal = new ArrayList<>();
        long date = 0;
        for (int left = in.octet(); left > 0; left--) {
            date += in.number();
            signal.add(new SignalDays.Day(LocalDate.ofEpochDay(date), in.number(), Math.toIntExact(in.number())));
        }
        List<BatteryHistory.Day> battery = new ArrayList<>();
        date = 0;
        for (int left = in.octet(); left > 0; left--) {
            int first = in.octet();
            date += first == GAP ? in.number() : 1;
            int day = first == GAP ? in.octet() : first;
            battery.add(new BatteryHistory.Day(LocalDate.ofEpochDay(date), day >> 1, (day & 1) != 0));
        }
        return new Vitals(
                vitals.windows(),
                vitals.lastSeen(),
                new Wakes(wakes),
                new SignalDays(signal),
                new BatteryHistory(battery));
    }
}
