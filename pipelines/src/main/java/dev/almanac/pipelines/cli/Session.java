package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.work.Stages;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Supplier;

/**
 * One call of the program.
 *
 * @param arguments all of them, as given
 * @param beam those behind {@code --}
 */
record Session(
    List<String> arguments,
    List<String> beam,
    PrintStream out,
    PrintStream err,
    Supplier<Stages> stages) {}
