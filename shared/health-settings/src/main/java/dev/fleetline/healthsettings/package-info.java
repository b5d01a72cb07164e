/** How a deployment sets the numbers by which health is judged; every function that judges reads them alike. */
package dev.fleetline.healthsettings;
