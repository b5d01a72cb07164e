package dev.fleetline.callbacksecretrotation;

/** What became of a step, in words; for logs and tests: Secrets Manager looks only at whether the step failed. */
public record RotationReply(String step, String outcome) {}
