/**
 * The edge kit: what every function needs between Lambda and its use case, and nothing else. A stream-handler base
 * that reads and writes JSON, the queue loop and the stream loop with an outcome per record, settings that say what is
 * wrong with them, the logging context, and time, waiting and chance as things that are passed in.
 */
package dev.fleetline.lambda;
