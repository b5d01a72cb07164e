/** Files that people bring and take away: spreadsheets, reports. Where they are kept is behind a port. */
package dev.fleetline.files;
