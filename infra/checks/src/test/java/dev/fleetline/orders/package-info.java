/** The life of orders through all the functions that have a hand in it. */
package dev.fleetline.orders;
