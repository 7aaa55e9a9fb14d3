/** What a process runs on: processor, memory, GPUs, Java, native libraries and class path. */
package dev.almanac.training.machine;
