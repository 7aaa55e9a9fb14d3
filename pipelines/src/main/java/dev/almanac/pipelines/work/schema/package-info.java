/** Infers the schema of source files and says what a person should know of it. */
package dev.almanac.pipelines.work.schema;
