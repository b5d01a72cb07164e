/**
 * The device: how it is named, where its life stands, what it has reported, and what that says about its health.
 *
 * <p>Everything here is pure: given what is stored, the settings and the time, it returns what is true; it never reads
 * a clock and never calls anybody. The one port, {@link dev.fleetline.device.DeviceRegistry}, says what must hold when
 * a device is stored. Plain Java only: a component without a value is an {@link java.util.Optional}, never null.
 */
package dev.fleetline.device;
