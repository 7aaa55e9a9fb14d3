/** The sections, charts and words of a report as HTML. */
package dev.almanac.pipelines.report.page;
