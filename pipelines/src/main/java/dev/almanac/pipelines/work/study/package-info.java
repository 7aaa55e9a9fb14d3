/** Shows studies: which there are, what one found, its trials for other programs, its page. */
package dev.almanac.pipelines.work.study;
