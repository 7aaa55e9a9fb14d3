/** Functions of one row's cells, and the loops that run them over whole columns. */
package dev.almanac.transforms.feature.lift;
