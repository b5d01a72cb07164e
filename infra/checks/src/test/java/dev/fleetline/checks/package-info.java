/**
 * Holds the tree to its promises: what the template, the samples, the schemas and the code say of each other, and the
 * rules of the house style. Every rule has a second test that shows it something bad and sees it refused.
 */
package dev.fleetline.checks;
