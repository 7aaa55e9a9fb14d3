package dev.almanac.pipelines.work.runs;

/**
 * Which run the commands take that are given none.
 *
 * @param config the name of the config that it is chosen for
 * @param run its id, or its folder when it lies in another folder of runs
 * @param study the study that it won; null when it won none
 * @param why it is chosen, for a person: {@code the winner of study x, validation.mae 12.3}
 * @param since when it was chosen, as an ISO-8601 instant in UTC
 */
public record RunChoice(
    int formatVersion, String config, String run, String study, String why, String since) {}
