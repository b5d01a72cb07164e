/**
 * What an order of a device must say, whoever sends it: an order as it was sent, the rules it is held against, all at
 * once, and what came of that. The event and the spreadsheet are judged by the same rules.
 */
package dev.fleetline.onboarding;
