/**
 * Tokens: what a realm's token is, who issues it, where it is kept and when it is to be renewed. Pure records and two
 * ports; no value of a secret ever shows in a {@code toString}.
 */
package dev.fleetline.tokens;
