/** The story of one small fleet, played against a running local Fleetline and watched step by step. */
package dev.fleetline.local.demo;
