/** The other tools that a config names, and what each is shown. */
package dev.almanac.pipelines.track;
