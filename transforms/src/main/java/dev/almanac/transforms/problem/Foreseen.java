package dev.almanac.transforms.problem;

/**
 * The root of all exceptions whose message is written for a person: it says what cannot be done,
 * where and why, and is shown alone, without a stack trace. Any other exception is a fault of the
 * program.
 *
 * <p>A {@link RequestException} is of a request that is wrong, and holds all that is; of the others
 * {@link ForeseenException} is of files and data, {@link RefusedException} of arguments and {@link
 * WorkException} of work that cannot go on. Two are what the JDK's callers catch by name.
 */
public sealed interface Foreseen
    permits ForeseenException,
        MissingFileException,
        NotTextException,
        RefusedException,
        RequestException,
        WorkException {}
