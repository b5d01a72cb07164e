package dev.fleetline.healthsweep;

import dev.fleetline.alert.Alert;
import dev.fleetline.alert.AlertBook;
import dev.fleetline.alert.JudgeDevice;
import dev.fleetline.alert.JudgeDevice.Judged;
import dev.fleetline.alert.JudgeDevice.KeepsChanging;
import dev.fleetline.alert.Released;
import dev.fleetline.alert.Subject;
import dev.fleetline.alert.Visit;
import dev.fleetline.device.Circumstances;
import dev.fleetline.device.Condition;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.DeviceRegistry.Unreadable;
import dev.fleetline.device.Finding;
import dev.fleetline.device.Health;
import dev.fleetline.device.Severity;
import dev.fleetline.lambda.LogKey;
import dev.fleetline.sweepfiles.JsonLines;
import dev.fleetline.sweepfiles.LossCandidate;
import dev.fleetline.sweepfiles.SweepFiles;
import dev.fleetline.sweepfiles.SweepSummary;
import dev.fleetline.sweepfiles.SweepSummary.Skipped;
import dev.fleetline.sweepfiles.SweptDevice;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Judges devices one by one, decides everything about them but their losses, and writes down what it saw. */
final class RateDevices {

    private static final Logger LOG = LoggerFactory.getLogger(RateDevices.class);

    private final DeviceRegistry devices;
    private final AlertBook alerts;
    private final JudgeDevice judgeDevice;
    private final Health health;
    private final SweepFiles files;
    private final InstantSource clock;

    RateDevices(
            DeviceRegistry devices,
            AlertBook alerts,
            JudgeDevice judgeDevice,
            Health health,
            SweepFiles files,
            InstantSource clock) {
        this.devices = devices;
        this.alerts = alerts;
        this.judgeDevice = judgeDevice;
        this.health = health;
        this.files = files;
        this.clock = clock;
    }

    /** Begins a part of a segment. */
    Part begin(Pass pass, int segment, int part, Circumstances circumstances) {
        return new Part(pass, segment, part, circumstances);
    }

    /** Some devices of a segment, and the files of them. One bad device is counted and is never the end of it. */
    final class Part implements AutoCloseable {

        private final Pass pass;
        private final int segment;
        private final int part;
        private final Circumstances circumstances;
        private final JsonLines<SweptDevice> seen;
        private final JsonLines<LossCandidate> lost;
        private final Sizes.Counter sizes = new Sizes.Counter();
        private final Released released = new Released(alerts);
        private final List<LossCandidate> candidates = new ArrayList<>();
        private final List<Skipped> skipped = new ArrayList<>();
        private Tally tally = Tally.NOTHING;

        private Part(Pass pass, int segment, int part, Circumstances circumstances) {
            this.pass = pass;
            this.segment = segment;
            this.part = part;
            this.circumstances = circumstances;
            this.seen = files.write(pass.folder().devices(segment, part));
            this.lost = files.write(pass.folder().candidates(segment, part));
        }

        void skip(Unreadable unreadable) {
            LOG.error("skipped item {}: {}", unreadable.key(), unreadable.reason());
            tally = tally.plus(skipped(unreadable.key(), Tally.UNREADABLE, "unreadable: " + unreadable.reason()));
        }

        void rate(Device device) {
            MDC.put(LogKey.DEVICE.key(), device.imei().toString());
            try {
                Instant now = clock.instant();
                tally = tally.plus(device.lifecycle().isJudged() ? judge(device, now) : leave(device, now));
            } catch (RuntimeException e) {
                LOG.error("skipped, could not be judged", e);
                tally = tally.plus(skipped(device.imei().toString(), Tally.FAILED, "failed, see the log"));
            } finally {
                MDC.remove(LogKey.DEVICE.key());
            }
        }

        private Tally judge(Device device, Instant now) {
            Sight sight = Sight.of(device, health, circumstances, now);
            sizes.add(Sight.who(device));
            return rate(device, sight, now);
        }

        /**
         * One that should not be reporting is no part of the fleet that is counted. What is still open of it ends, for
         * who took it off has judged nobody; and its line may be about to be put back.
         */
        private Tally leave(Device device, Instant now) {
            Judged judged = judgeDevice.run(device, Visit.rating(pass.sweepId()));
            watch(device, now);
            return new Tally(0, Map.of(), 0, judged);
        }

        private Tally rate(Device device, Sight sight, Instant now) {
            try {
                Judged judged =
                        judgeDevice.run(device, Visit.rating(pass.sweepId()).knowing(circumstances));
                Optional<Finding> loss = sight.loss();
                seen.add(sight.judged(judged, onlyExcused(device, loss, now)));
                if (loss.isPresent()) {
                    LossCandidate candidate = sight.candidate(loss.get(), known(device, loss.get()));
                    lost.add(candidate);
                    candidates.add(candidate);
                    return Tally.judged(judged).andLost();
                }
                watch(device, now);
                return Tally.judged(judged);
            } catch (KeepsChanging e) {
                LOG.warn("skipped, others changed it each time");
                seen.add(sight.skipped(Tally.KEEPS_CHANGING));
                return skipped(device.imei().toString(), Tally.KEEPS_CHANGING, "kept changing");
            }
        }

        private Tally skipped(String who, String reason, String inWords) {
            if (skipped.size() < SweepSummary.NAMED) {
                skipped.add(new Skipped(who, inWords));
            }
            return Tally.skipped(reason, 1);
        }

        /** Its alert, where one is open, this bad or worse, and told or kept under a wider one that is not over. */
        private Optional<Alert.Open> known(Device device, Finding loss) {
            return lossOf(device)
                    .filter(open -> !loss.severity().isWorseThan(open.holding().severity())
                            && (open.suppressedBy().isPresent()
                                    ? !released.isReleased(open)
                                    : open.told().isPresent()));
        }

        /**
         * The alert of a loss that looks less bad by now, or over, only because a fault of our own excuses the silence: nobody
         * has heard the device since.
         */
        private Optional<Alert.Open> onlyExcused(Device device, Optional<Finding> loss, Instant now) {
            Optional<Instant> heard = device.vitals().lastSeen();
            boolean isExcused = circumstances
                    .platformFaultEnded()
                    .filter(end -> heard.filter(end::isAfter).isPresent())
                    .isPresent();
            if (!isExcused) {
                return Optional.empty();
            }
            Severity seen = severity(loss);
            Severity unexcused =
                    severity(Sight.of(device, health, Circumstances.NONE, now).loss());
            return unexcused.isWorseThan(seen)
                    ? lossOf(device)
                            .filter(open -> open.holding().severity().isWorseThan(seen)
                                    && heard.filter(at ->
                                                    at.isAfter(open.holding().since()))
                                            .isEmpty())
                    : Optional.empty();
        }

        private static Severity severity(Optional<Finding> loss) {
            return loss.map(Finding::severity).orElse(Severity.NONE);
        }

        private Optional<Alert.Open> lossOf(Device device) {
            return alerts.of(new Subject.OfDevice(device.imei())).stream()
                    .filter(Alert.Open.class::isInstance)
                    .map(Alert.Open.class::cast)
                    .filter(open -> open.condition() == Condition.NETWORK_LOST)
                    .findFirst();
        }

        /** Moved on when the moment was reached, and set where there was none: whoever has one already costs nothing. */
        private void watch(Device device, Instant now) {
            Optional<Instant> next = health.dueAt(device, circumstances, now);
            boolean isReached = device.due().filter(due -> !due.isAfter(now)).isPresent();
            if (isReached || (device.due().isEmpty() && next.isPresent())) {
                devices.watch(device, next);
            }
        }

        void keep(boolean isLast) {
            seen.keep();
            lost.keep();
            files.keep(pass.folder().part(segment, part), new PartDone(isLast, tally, sizes.sizes(), skipped));
        }

        Tally tally() {
            return tally;
        }

        List<LossCandidate> lost() {
            return List.copyOf(candidates);
        }

        @Override
        public void close() {
            seen.close();
            lost.close();
        }
    }
}
