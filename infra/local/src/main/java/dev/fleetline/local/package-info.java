/**
 * The whole of Fleetline in one process, for a laptop and for tests: the real handlers with their real wiring, tables
 * in DynamoDB Local, queues in ElasticMQ, the bus matched by AWS's own event-ruler, ThingSpace simulated. What there is
 * and how it hangs together is read from {@code template.yaml}; here is only what AWS itself would do.
 */
package dev.fleetline.local;
