/** Files in a bucket of S3. */
package dev.fleetline.filess3;
