/**
 * Sees to it that every order ends: finds the devices that wait for somebody, asks the carrier what has become of them,
 * and moves them on. Once a night it holds the carrier's whole list against ours.
 */
package dev.fleetline.onboardingreconciler;
