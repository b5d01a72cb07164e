/**
 * Applies what was delivered: brings a message to a report, merges it into the device, judges the device at once, and
 * sets aside with a reason what cannot be applied. Safe to run twice over the same delivery, from any point of a crash.
 */
package dev.fleetline.callbackprocessor;
