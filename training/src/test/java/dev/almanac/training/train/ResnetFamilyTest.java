package dev.almanac.training.train;

import java.util.stream.Stream;

class ResnetFamilyTest extends ModelFamilyContract {
  @Override
  String model() {
    return "{\"family\": \"resnet\", \"width\": 16, \"blocks\": 2, \"hidden\": 24, \"embedding\": 4, \"norm\": \"layer\"}";
  }

  @Override
  Stream<String> variants() {
    return Stream.of(
        "{\"family\": \"resnet\", \"width\": 8, \"blocks\": 2, \"hidden\": 6, \"dropout\": 0.3, \"residual-dropout\": 0.2}",
        "{\"family\": \"resnet\", \"width\": 8, \"blocks\": 1, \"hidden\": 6, \"norm\": \"none\", \"numeric-embedding\": \"periodic\"}");
  }
}
