/** Looks at source files and drafts the config that prepares and trains on them. */
package dev.almanac.pipelines.work.init;
