/** Bad examples: what the rules must refuse. Nothing else may use them. */
package dev.fleetline.checks.examples;
