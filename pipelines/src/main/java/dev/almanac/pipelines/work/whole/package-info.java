/** Work of all stages at once, and the report at its end. */
package dev.almanac.pipelines.work.whole;
