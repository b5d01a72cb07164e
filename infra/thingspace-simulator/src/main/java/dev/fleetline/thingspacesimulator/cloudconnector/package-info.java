/**
 * Cloud Connector, {@code /api/cc/v1} of thingspace.verizon.com: the same devices as Core's, and targets and subscriptions of its
 * own. Queries are POSTs, and every body says whose account it is about.
 */
package dev.fleetline.thingspacesimulator.cloudconnector;
