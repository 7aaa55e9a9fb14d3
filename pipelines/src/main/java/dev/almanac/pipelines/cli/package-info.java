/** The command line: it parses a request, has the work done and prints what came of it. */
package dev.almanac.pipelines.cli;
