/**
 * The function token-refresh: keeps each realm's token alive, with one login per expiry however many ask, and says in
 * time when only a person can help.
 */
package dev.fleetline.tokenrefresh;
