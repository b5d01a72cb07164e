package dev.fleetline.callbacksecretrotation;

/**
 * A step cannot be done, now or at all; the message says why and what to do. An exception because Secrets Manager
 * understands no other no: it tries a step that failed again, and tells people when that does not help.
 */
final class StepRefused extends RuntimeException {

    StepRefused(String message) {
        super(message);
    }
}
