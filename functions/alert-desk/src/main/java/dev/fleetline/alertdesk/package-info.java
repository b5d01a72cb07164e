/**
 * Where people say what they do about alerts: with a login of AWS as JSON, or by a signed link in a message, which opens a
 * page. What comes of it, the life of an alert decides.
 */
package dev.fleetline.alertdesk;
