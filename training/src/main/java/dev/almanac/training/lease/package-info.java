/** Who is at work in a folder: a file that the living renew, so that the dead are found out. */
package dev.almanac.training.lease;
