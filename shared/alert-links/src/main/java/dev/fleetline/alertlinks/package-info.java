/**
 * Links by which a person does something about an alert without a login: who has one may use it until it ends. They stand
 * in messages to people and nowhere else; alert-notifier signs them, and alert-desk checks them.
 */
package dev.fleetline.alertlinks;
