/**
 * What a pass over the fleet leaves behind, as files of JSON lines: what it saw of each device, which losses it found and
 * what became of them. The next night, the report and "what if" read them.
 */
package dev.fleetline.sweepfiles;
