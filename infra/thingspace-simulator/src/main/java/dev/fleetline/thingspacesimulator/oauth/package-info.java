/**
 * The Core world's OAuth server: authorization codes, tokens, what is known about a token, and whether a bearer may make an
 * API call.
 */
package dev.fleetline.thingspacesimulator.oauth;
