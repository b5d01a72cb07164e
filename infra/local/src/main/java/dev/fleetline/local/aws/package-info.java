/**
 * The parts of AWS that only the local runner needs: the queues. They are ElasticMQ's, kept on the runner's clock. The
 * parts that tests of single modules need too live in {@code dev.fleetline.testing.aws}.
 */
package dev.fleetline.local.aws;
