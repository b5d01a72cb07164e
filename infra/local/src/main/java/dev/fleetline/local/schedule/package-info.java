/** When the template's schedules are due: rates and cron expressions as AWS writes them, on a clock that may be moved. */
package dev.fleetline.local.schedule;
