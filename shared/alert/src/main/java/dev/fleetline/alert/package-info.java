/**
 * The life of an alert: when a finding becomes something that people are told, and what they are told.
 *
 * <p>{@link dev.fleetline.alert.AlertLife} decides and is pure; {@link dev.fleetline.alert.AlertBook} is the port that
 * keeps alerts; {@link dev.fleetline.alert.JudgeDevice} is the use case that callback-processor and health-sweep share.
 */
package dev.fleetline.alert;
