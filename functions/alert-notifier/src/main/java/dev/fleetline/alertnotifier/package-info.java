/**
 * Writes what operations must know as messages for people, and hands it to machines as it is. It decides nothing: what is
 * said, when and how often, whoever puts the event on the bus has decided.
 */
package dev.fleetline.alertnotifier;
