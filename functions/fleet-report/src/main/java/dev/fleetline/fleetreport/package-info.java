/**
 * What a night has changed, as a page that people read in the morning and as files that machines read. {@code
 * NightsCompared} is the pure part: from what two passes wrote of each device to a {@link
 * dev.fleetline.fleetreport.FleetReport}. {@code WriteReport} reads and keeps the files, {@code ReportPage} draws the page.
 */
package dev.fleetline.fleetreport;
