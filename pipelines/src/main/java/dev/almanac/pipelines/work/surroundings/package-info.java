/**
 * What a training runs in, as programs of the system tell it: git of its code, a driver of its
 * GPUs.
 */
package dev.almanac.pipelines.work.surroundings;
