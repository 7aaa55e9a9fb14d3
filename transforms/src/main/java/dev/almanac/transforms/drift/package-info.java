/** How far further rows are from the rows of train. */
package dev.almanac.transforms.drift;
