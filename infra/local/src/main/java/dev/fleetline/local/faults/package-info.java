/**
 * What can go wrong on purpose, for a benchmark alone: doors between the hosted functions and AWS that can be shut, an
 * instance of a function that can be killed, and a look at all that is stored afterwards. Without the option that asks for
 * it, nothing of this is there.
 */
package dev.fleetline.local.faults;
