/**
 * Row-wise steps bound to a table: what they read, what they make, and what they could not read.
 */
package dev.almanac.transforms.feature.plan;
