/** A domain that is not plain Java. */
package dev.fleetline.checks.examples.domain;
