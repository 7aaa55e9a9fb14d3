/** The numbers of a report: errors by place, time and group, from the files of predictions. */
package dev.almanac.pipelines.report.measure;
