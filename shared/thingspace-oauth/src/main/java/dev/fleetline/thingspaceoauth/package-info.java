/**
 * The OAuth services of ThingSpace. So far Core's: {@link dev.fleetline.thingspaceoauth.CoreTokenIssuer}, which expects
 * of an answer what was seen on the wire and not what RFC 6749 promises.
 */
package dev.fleetline.thingspaceoauth;
