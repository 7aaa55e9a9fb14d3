/** The reference of a config: what its readers ask for, with a sentence and an example each. */
package dev.almanac.pipelines.config.reference;
