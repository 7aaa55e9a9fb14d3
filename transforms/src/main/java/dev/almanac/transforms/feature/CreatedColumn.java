package dev.almanac.transforms.feature;

import java.io.Serializable;

/** A column that feature steps add to a table, as it leaves the last step. */
public record CreatedColumn(String name, Role role) implements Serializable {}
