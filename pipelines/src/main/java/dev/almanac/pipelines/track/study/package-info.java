/** Shows studies to other tools while they are under way, on a thread of its own. */
package dev.almanac.pipelines.track.study;
