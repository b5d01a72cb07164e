/**
 * How a request reaches the simulator and how an answer leaves it: a thin layer over the web server, so that the rest talks
 * about calls and answers and every request is logged in one place, without what must stay out of logs.
 */
package dev.fleetline.thingspacesimulator.web;
