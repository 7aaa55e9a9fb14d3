/** A config as values of the domain, read with everything that is wrong with it told at once. */
package dev.almanac.pipelines.config;
