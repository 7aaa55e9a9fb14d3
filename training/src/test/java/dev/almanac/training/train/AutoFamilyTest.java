package dev.almanac.training.train;

/** The family as it trains where a dataset has settled what was left open. */
class AutoFamilyTest extends ModelFamilyContract {
  @Override
  String model() {
    return "{\"family\": \"auto\", \"hidden\": [24, 12], \"embedding\": 4}";
  }
}
