/**
 * The 5G Edge world, 5gedge.verizon.com: tokens whose two scopes say how much they open, and the lists of the edge discovery
 * service.
 */
package dev.fleetline.thingspacesimulator.edge;
