/** What the values of a config may be, for a person and for an editor. */
package dev.almanac.pipelines.config.shape;
