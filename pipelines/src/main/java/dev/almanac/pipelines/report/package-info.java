/** A page that shows how good a run is and what it was made of. */
package dev.almanac.pipelines.report;
