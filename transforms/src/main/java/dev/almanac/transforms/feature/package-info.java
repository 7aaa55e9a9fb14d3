/** Row-wise steps: what one row alone says, as new columns or in place of old ones. */
package dev.almanac.transforms.feature;
