/**
 * ThingSpace on a laptop: an HTTP server that behaves like the platform, one prefix per host of it, with a control API of
 * its own. This package holds the way in, for programs and for the command line.
 */
package dev.fleetline.thingspacesimulator;
