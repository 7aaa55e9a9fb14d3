package dev.almanac.pipelines.cli;

@picocli.CommandLine.Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {},
    header = "List the runs there are; show, promote, verify or rebuild one.")
final class RunsCommand {}
