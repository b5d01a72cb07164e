package dev.fleetline.callbacksecretrotation;

import dev.fleetline.callback.CallbackSecret;
import dev.fleetline.callback.CallbackSecretVersions;
import dev.fleetline.callback.CallbackSecretVersions.Labels;
import dev.fleetline.callback.CallbackSecretVersions.Moved;
import dev.fleetline.callback.CallbackSecretVersions.Version;
import dev.fleetline.callbacksecretrotation.StreamMove.Gap;
import dev.fleetline.callbacksecretrotation.StreamMove.Standing;
import dev.fleetline.lambda.Deadline;
import dev.fleetline.lambda.Pause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The four steps. Each may be asked for again at any time, and goes on with what is there then: in the secret, and on the
 * platform.
 *
 * <p>What must hold all the while: whatever the platform shows is a value that the receiver accepts, which are the
 * current one, the pending one and the one before.
 */
final class RotateCallbackSecret {

    /** The platform shows an old password for up to 14 minutes, and the receiver knows one old version. */
    static final Duration BETWEEN_ROTATIONS = Duration.ofMinutes(30);

    /** A receiver reads the secret again at most so often: from then on it can know the new version. */
    static final Duration UNTIL_EVERY_RECEIVER_CAN_KNOW_IT = Duration.ofSeconds(10);

    private final CallbackSecretVersions versions;
    private final StreamMove stream;
    private final ListenerChange listeners;
    private final BooleanSupplier m2mIsSetUp;
    private final FillGap fillGap;
    private final NewValue newValue;
    private final InstantSource clock;
    private final Pause pause;

    RotateCallbackSecret(
            CallbackSecretVersions versions,
            OnThePlatform platform,
            NewValue newValue,
            InstantSource clock,
            Pause pause) {
        this.versions = versions;
        this.stream = platform.stream();
        this.listeners = platform.listeners();
        this.m2mIsSetUp = platform.m2mIsSetUp();
        this.fillGap = platform.fillGap();
        this.newValue = newValue;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * What a rotation changes on the platform.
     *
     * @param m2mIsSetUp whether there has ever been a token for listeners; without one the password is left as it is
     */
    record OnThePlatform(StreamMove stream, ListenerChange listeners, BooleanSupplier m2mIsSetUp, FillGap fillGap) {}

    /** What was done, in words; {@link StepRefused} when it cannot be. */
    String run(RotationStep step, Deadline deadline) {
        Labels labels = versions.labels();
        if (!isOurs(step.secretId(), labels.arn())) {
            throw new StepRefused("secret " + step.secretId() + " is not the one that this function rotates, which is "
                    + versions.secret());
        }
        if (!labels.rotationIsOn()) {
            throw new StepRefused("rotation of secret " + versions.secret()
                    + " is off: set the parameter RotateCallbackSecret, or call rotate-secret with this function");
        }
        Optional<String> version = Optional.of(step.versionId());
        if (labels.current().equals(version)) {
            return alreadyCurrent(step);
        }
        if (!labels.pending().equals(version)) {
            throw new StepRefused("version " + step.versionId() + " of secret " + versions.secret()
                    + " has not the label AWSPENDING, so it is not the one to be rotated to");
        }
        String current = labels.current()
                .orElseThrow(() -> new StepRefused("secret " + versions.secret()
                        + " has no current version: fill it in with infra/secrets first"));
        return switch (step) {
            case RotationStep.CreateSecret(var _, var id) -> create(id, current, labels.lastRotatedAt());
            case RotationStep.SetSecret(var _, var id) -> set(id, current, deadline);
            case RotationStep.TestSecret(var _, var id) -> test(id, current);
            case RotationStep.FinishSecret(var _, var id) -> finish(id, current);
        };
    }

    /** By its ARN, with or without the six characters at its end that a secret gets when it is made, or by its name. */
    private boolean isOurs(String secretId, String arn) {
        return secretId.equals(versions.secret())
                || secretId.equals(arn)
                || withoutChance(secretId).equals(withoutChance(arn));
    }

    private static String withoutChance(String arn) {
        return arn.replaceFirst("-[A-Za-z0-9]{6}$", "");
    }

    /** A repetition of a rotation that came to its end, or nearly. */
    private String alreadyCurrent(RotationStep step) {
        return switch (step) {
            case RotationStep.CreateSecret _, RotationStep.SetSecret _, RotationStep.TestSecret _ ->
                "the version is current already";
            case RotationStep.FinishSecret(var _, var id) -> {
                stream.leaveNothingBehind(id);
                yield "the version is current already";
            }
        };
    }

    private String create(String id, String currentId, Optional<Instant> lastRotatedAt) {
        if (versions.version(id).isPresent()) {
            return "the version has its value already";
        }
        Version current = required(currentId);
        // the current version may have waited long for its turn, but was told before its rotation came to its end
        Instant changedAt = lastRotatedAt.filter(current.createdAt()::isBefore).orElse(current.createdAt());
        Instant earliest = changedAt.plus(BETWEEN_ROTATIONS);
        if (clock.instant().isBefore(earliest)) {
            throw tooEarly(earliest);
        }
        if (!m2mIsSetUp.getAsBoolean()) {
            versions.stage(id, current.value().renewed(current.value().password(), newValue.next(), Map.of()));
            return "a new stream key was made; M2M is not set up, so the password stays";
        }
        Map<String, String> services = listeners.services();
        versions.stage(id, current.value().renewed(newValue.next(), newValue.next(), services));
        return "a new password and a new stream key were made, for " + services.size() + " listeners";
    }

    private String set(String id, String currentId, Deadline deadline) {
        Version pending = versions.version(id)
                .orElseThrow(() -> new StepRefused("version " + id + " of secret " + versions.secret()
                        + " has no value yet: createSecret comes first"));
        Version current = required(currentId);
        notOvertaken(pending, current);
        // a version that waited long for its turn may be older than what the platform was told last; Secrets Manager
        // does
        // not know the end of a rotation that people finished, but the platform has the target
        stream.toldAt(currentId)
                .map(told -> told.plus(BETWEEN_ROTATIONS))
                .filter(clock.instant()::isBefore)
                .ifPresent(earliest -> {
                    throw tooEarly(earliest);
                });
        untilEveryReceiverCanKnow(pending);
        // the listeners first: when there is a target of this version, everybody has been told, and when it was made,
        // too
        boolean isPasswordTheSame = isPasswordTheSame(pending, current);
        if (!isPasswordTheSame) {
            listeners.to(pending.value());
        }
        Optional<Gap> gap = stream.to(id, pending.value().streamKey());
        return "the platform was told the new stream key"
                + (isPasswordTheSame ? "; the password is the same" : " and the new password")
                + gap.map(it -> "; the gap: " + fillGap.run(it, deadline)).orElse("");
    }

    private String test(String id, String currentId) {
        Optional<Version> pending = versions.version(id);
        if (pending.isEmpty()) {
            return "the version has no value, so nothing was set and nothing is changed";
        }
        Version current = required(currentId);
        notOvertaken(pending.get(), current);
        Standing streamStands = stream.standing(id);
        ListenerChange.Standing listenersStand = isPasswordTheSame(pending.get(), current)
                ? new ListenerChange.Standing(List.of(), List.of())
                : listeners.standing(pending.get().value());
        switch (streamStands) {
            case Standing.NoStream(), Standing.Moved() -> {}
            case Standing.NotBegun() -> {
                if (listenersStand.showing().isEmpty()) {
                    return "nothing was set, and nothing is changed";
                }
                throw new StepRefused("the stream does not go to a target of this version: setSecret must run again");
            }
            case Standing.HalfWay(var why) -> throw new StepRefused(why + ": setSecret must run again");
        }
        if (!listenersStand.lagging().isEmpty()) {
            if (streamStands instanceof Standing.NoStream
                    && listenersStand.showing().isEmpty()) {
                return "nothing was set, and nothing is changed";
            }
            throw new StepRefused("listeners that do not show the new password: "
                    + String.join(", ", listenersStand.lagging()) + ": setSecret must run again");
        }
        return "the platform has it: stream and " + listenersStand.showing().size() + " listeners";
    }

    private String finish(String id, String currentId) {
        Version pending = versions.version(id)
                .orElseThrow(() -> new StepRefused("version " + id + " of secret " + versions.secret()
                        + " has no value, so it cannot be made current"));
        notOvertaken(pending, required(currentId));
        if (versions.makeCurrent(id, currentId) == Moved.LOST_RACE) {
            throw overtaken();
        }
        stream.leaveNothingBehind(id);
        return "the version is current";
    }

    /** One that people did not fill in is an exception that names secret and field. */
    private Version required(String versionId) {
        return versions.version(versionId)
                .orElseThrow(() -> new StepRefused(
                        "secret " + versions.secret() + " has no current value: fill it in with infra/secrets first"));
    }

    /** What was made from a value that people have replaced since would take their change back. */
    private void notOvertaken(Version pending, Version current) {
        if (current.createdAt().isAfter(pending.createdAt())) {
            throw overtaken();
        }
    }

    private StepRefused overtaken() {
        return new StepRefused("secret " + versions.secret()
                + " got another current value since this rotation began, so it must not be finished: cancel it as the"
                + " runbook rotate-callback-password says");
    }

    private StepRefused tooEarly(Instant earliest) {
        return new StepRefused("secret " + versions.secret() + " was changed less than "
                + BETWEEN_ROTATIONS.toMinutes() + " minutes ago, and ThingSpace may still show what it had before:"
                + " not before " + earliest);
    }

    private void untilEveryReceiverCanKnow(Version pending) {
        Duration left = Duration.between(clock.instant(), pending.createdAt().plus(UNTIL_EVERY_RECEIVER_CAN_KNOW_IT));
        if (left.isPositive()) {
            // our clock may be behind that of Secrets Manager, which makes no receiver slower
            pause.of(left.compareTo(UNTIL_EVERY_RECEIVER_CAN_KNOW_IT) < 0 ? left : UNTIL_EVERY_RECEIVER_CAN_KNOW_IT);
        }
    }

    private static boolean isPasswordTheSame(Version pending, Version current) {
        CallbackSecret one = pending.value();
        return one.password().equals(current.value().password());
    }
}
