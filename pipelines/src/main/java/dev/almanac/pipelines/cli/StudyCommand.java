package dev.almanac.pipelines.cli;

@picocli.CommandLine.Command(
    name = "study",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {},
    header = "List the studies there are; show one or export its trials.")
final class StudyCommand {}
