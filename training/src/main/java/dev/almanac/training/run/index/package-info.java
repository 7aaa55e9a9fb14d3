/** An index of the runs of a folder, which may be thrown away: the truth is in their files. */
package dev.almanac.training.run.index;
