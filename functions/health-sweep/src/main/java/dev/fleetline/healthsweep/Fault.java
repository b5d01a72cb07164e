package dev.fleetline.healthsweep;

import dev.fleetline.device.Condition;
import java.time.Instant;

/**
 * One of our own faults as it is found: reports may not reach us, or answers to what we ask.
 *
 * @param service whose, as the subject of its alert names it: {@code core}, {@code core/ts.event}, {@code reports}
 * @param condition {@code TOKEN}, {@code STREAM} or {@code REPORTS_MISSED}
 * @param reason what is wrong and what to do first
 */
record Fault(String service, Condition condition, Instant since, String reason) {}
