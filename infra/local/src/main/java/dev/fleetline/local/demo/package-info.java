/** The stories of one small fleet and of its tokens, played against a running local Fleetline and watched step by step. */
package dev.fleetline.local.demo;
