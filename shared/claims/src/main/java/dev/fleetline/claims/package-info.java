/**
 * Claims: who may do a thing now (a lease) and whether a thing was already done (a once), and
 * what was handed out to come back one time (a ticket). Whatever reaches a carrier or
 * costs money is claimed first.
 */
package dev.fleetline.claims;
