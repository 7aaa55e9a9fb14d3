package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.work.Cancellation;
import java.io.PrintStream;
import java.util.List;

/**
 * One call of the program.
 *
 * @param arguments all of them, as given
 * @param beam those behind {@code --}
 * @param cancellation of what it does
 */
record Session(
    List<String> arguments,
    List<String> beam,
    PrintStream out,
    PrintStream err,
    Cancellation cancellation) {}
