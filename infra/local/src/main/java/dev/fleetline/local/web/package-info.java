/**
 * The HTTP face of the local runner: ThingSpace's callbacks as API Gateway would pass them on, and {@code /local} for
 * people and tests.
 */
package dev.fleetline.local.web;
