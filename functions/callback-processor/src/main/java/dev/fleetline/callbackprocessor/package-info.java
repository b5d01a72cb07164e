/** Applies each delivery as it comes, in the order of the stream, and never stops at one that cannot be applied. */
package dev.fleetline.callbackprocessor;
