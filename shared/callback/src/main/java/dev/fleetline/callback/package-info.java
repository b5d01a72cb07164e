/**
 * Deliveries: what reaches us from the platform, how one is told from another, and where they are kept.
 */
package dev.fleetline.callback;
