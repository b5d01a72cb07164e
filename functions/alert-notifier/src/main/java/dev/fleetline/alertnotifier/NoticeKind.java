package dev.fleetline.alertnotifier;

import java.util.Optional;
import java.util.stream.Stream;

/** What else operations must know: each event by its name, with the words that people read and its runbook. */
enum NoticeKind {
    TOKEN_REAUTHORIZATION_NEEDED(
            "TokenReauthorizationNeeded", "Authorise Fleetline at ThingSpace again", "re-authorise"),
    TOKEN_REFRESH_FAILED("TokenRefreshFailed", "A token could not be renewed", "token-refresh-failing"),
    STREAM_BROKEN("StreamBroken", "Nothing reaches us by a stream", "stream-broken"),
    STREAM_REPAIRED("StreamRepaired", "Over: a stream is well again", "stream-broken"),
    DEVICE_ONBOARDING_STUCK("DeviceOnboardingStuck", "An order waits", "stuck-order"),
    DEVICE_ONBOARDING_FAILED("DeviceOnboardingFailed", "An order failed", "device-does-not-activate"),
    DEVICE_DRIFTED("DeviceDrifted", "The carrier has a device otherwise than we do", "drift"),
    BULK_ONBOARDING_CHECKED("BulkOnboardingChecked", "Nothing of a spreadsheet was ordered", "bulk-file-refused");

    private final String detailType;
    private final String title;
    private final String runbook;

    NoticeKind(String detailType, String title, String runbook) {
        this.detailType = detailType;
        this.title = title;
        this.runbook = runbook;
    }

    /** Empty for an event that is none of them. */
    static Optional<NoticeKind> of(String detailType) {
        return Stream.of(values())
                .filter(kind -> kind.detailType.equals(detailType))
                .findFirst();
    }

    String title() {
        return title;
    }

    String runbook() {
        return runbook;
    }
}
