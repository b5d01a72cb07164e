/**
 * The Core world's streams: targets, subscriptions, and the delivery of events to the receivers, with the key, the tries and
 * the counters of the platform.
 */
package dev.fleetline.thingspacesimulator.streaming;
