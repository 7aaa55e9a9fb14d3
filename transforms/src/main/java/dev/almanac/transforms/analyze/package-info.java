/** Statistics of one column that merge exactly, whatever the order and the cut of the rows. */
package dev.almanac.transforms.analyze;
