package dev.almanac.pipelines.cli;

@picocli.CommandLine.Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {},
    header = "Find, compare, label and delete runs; promote, verify or rebuild one.")
final class RunsCommand {}
