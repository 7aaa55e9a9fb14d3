/**
 * Tables in memory, column by column: batches, their schema, and the columns that know their types.
 */
package dev.almanac.transforms.column;
