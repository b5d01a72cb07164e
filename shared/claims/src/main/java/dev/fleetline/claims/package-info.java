/**
 * Claims: who may do a thing now (a lease), whether a thing was already done (a once) and what came of it (an answer), what was handed out to come
 * back one time (a ticket), and how often all together may do a thing within a while (a bucket). Whatever reaches a
 * carrier or costs money is claimed first.
 */
package dev.fleetline.claims;
