package dev.almanac.training.train;

import java.util.stream.Stream;

class DcnFamilyTest extends ModelFamilyContract {
  @Override
  String model() {
    return "{\"family\": \"dcn-v2\", \"cross-layers\": 2, \"hidden\": [12], \"embedding\": 4}";
  }

  @Override
  Stream<String> variants() {
    return Stream.of(
        "{\"family\": \"dcn-v2\", \"structure\": \"stacked\", \"hidden\": [7, 5], \"activation\": \"silu\"}",
        "{\"family\": \"dcn-v2\", \"hidden\": [6], \"numeric-embedding\": \"piecewise-linear\", \"bins\": 4, \"dropout\": 0.2}");
  }
}
