/**
 * Plays the nights that passes have stored against other numbers of health, and says which alerts would be added and which
 * removed. The rules are those of {@code dev.fleetline.device}; here is none.
 */
package dev.fleetline.local.whatif;
