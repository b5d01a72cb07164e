/**
 * The function token-authorization: leads a person to ThingSpace's consent and back, and turns the code that comes back
 * into the token, once.
 */
package dev.fleetline.tokenauthorization;
