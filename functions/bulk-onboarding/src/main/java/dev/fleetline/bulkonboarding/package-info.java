/**
 * Orders devices by spreadsheet: tells every fault of every row of a file before anything is ordered, or sends an order
 * for each good row and gives the others back to be corrected. A file is read twice, so that what is wrong with it as a
 * whole, or between two of its rows, is known before the first order is sent.
 */
package dev.fleetline.bulkonboarding;
