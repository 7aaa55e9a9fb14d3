package dev.almanac.transforms.drift;

import java.io.Serializable;

/**
 * How far rows may be from train before they count as drifted.
 *
 * @param maxPsi the greatest population stability index of a column's values
 * @param maxUnseen the greatest share of values that are no category of train, beyond their share
 *     in train itself, where a vocabulary was cut
 * @param maxNullChange the greatest change of the share of nulls, either way
 */
public record DriftLimits(double maxPsi, double maxUnseen, double maxNullChange)
    implements Serializable {}
