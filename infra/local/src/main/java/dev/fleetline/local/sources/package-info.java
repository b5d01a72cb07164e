/**
 * What Lambda's pollers do: they read queues and table streams, hand batches to functions, and move on only past what
 * was done. Attempts, dead letters and filters are those of {@code template.yaml}.
 */
package dev.fleetline.local.sources;
