/** The command line of the local runner: what {@code infra/local/fleetline} understands. */
package dev.fleetline.local.cli;
