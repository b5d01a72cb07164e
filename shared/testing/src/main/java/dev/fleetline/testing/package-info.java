/**
 * Stand-ins for every port of the domain, kept in memory and able to fail where a test wants it, and the contracts that
 * a stand-in and its real adapter both keep. A test that passes with a stand-in therefore says something about the
 * adapter.
 */
package dev.fleetline.testing;
