package dev.almanac.training.train;

class LinearFamilyTest extends ModelFamilyContract {
  @Override
  String model() {
    return "{\"family\": \"linear\"}";
  }
}
