/** What people write on runs: their group, their tags, a note. */
package dev.almanac.training.run.label;
