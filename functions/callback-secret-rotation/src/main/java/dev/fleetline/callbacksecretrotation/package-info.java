/**
 * Rotates the callback secret: a new password and a new stream key are made, told to ThingSpace, proved there and then
 * made current, in the four steps that Secrets Manager asks for. The receiver accepts the version before, the current and
 * the coming one meanwhile.
 */
package dev.fleetline.callbacksecretrotation;
