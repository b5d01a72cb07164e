/**
 * The Core world's OAuth server: authorization codes, tokens, what is known about a token, and whether a bearer may make an
 * API call. And what the OAuth servers of the other worlds are made of.
 */
package dev.fleetline.thingspacesimulator.oauth;
