package dev.fleetline.callback;

import java.time.Instant;
import java.util.Optional;

/**
 * The versions of the callback secret while it is rotated. Read from the store itself and never from a cache.
 *
 * <p>A new value is staged as pending beside the current one, told to the platform, proved, and then made current
 * <em>instead of the version it replaces</em>. A value that lacks a field or cannot be read is an exception that names
 * secret and field.
 */
public interface CallbackSecretVersions {

    /** The secret's name, for messages. */
    String secret();

    /** Which version has which label, whether rotation is on, and when one last came to its end. */
    Labels labels();

    /** Empty while the version has no value, and when there is no such version. */
    Optional<Version> version(String versionId);

    /**
     * Gives the pending version its value; the same version never gets a second one: when it has one already, that stays
     * and nothing changes.
     */
    void stage(String versionId, CallbackSecret value);

    /** Makes a version current if {@code insteadOf} still is; otherwise nothing changes. */
    Moved makeCurrent(String versionId, String insteadOf);

    /**
     * The labels.
     *
     * @param arn the secret's full name, as events name it
     * @param rotationIsOn whether somebody set the secret to be rotated
     * @param lastRotatedAt when the store had the answer to the last step of a rotation
     */
    record Labels(
            String arn,
            boolean rotationIsOn,
            Optional<String> current,
            Optional<String> pending,
            Optional<Instant> lastRotatedAt) {}

    /** A version with its value. */
    record Version(String id, Instant createdAt, CallbackSecret value) {}

    /** What came of making a version current. */
    enum Moved {
        CURRENT,
        /** Another version has become current meanwhile. */
        LOST_RACE
    }
}
