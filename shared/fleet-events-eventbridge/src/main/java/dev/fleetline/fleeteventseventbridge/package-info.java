/** The bus on Amazon EventBridge: batches as large as a call may be, and what was not taken is sent again. */
package dev.fleetline.fleeteventseventbridge;
