/** Stands for an adapter. */
package dev.fleetline.checks.examples.adapter;
