package dev.almanac.training.run;

class LinearFamilyTest extends ModelFamilyContract {
  @Override
  String model() {
    return "{\"family\": \"linear\"}";
  }
}
