/**
 * How a request reaches the simulator and how an answer or a message leaves it: a thin layer over the web server and client,
 * so that the rest talks about calls and answers and every request is logged in one place, without what must stay out of
 * logs.
 */
package dev.fleetline.thingspacesimulator.web;
