package dev.almanac.training.train;

import java.util.stream.Stream;

class FtTransformerFamilyTest extends ModelFamilyContract {
  @Override
  String model() {
    return "{\"family\": \"ft-transformer\", \"blocks\": 2, \"heads\": 2, \"head-width\": 4, \"hidden\": 10}";
  }

  @Override
  Stream<String> variants() {
    return Stream.of(
        "{\"family\": \"ft-transformer\", \"blocks\": 1, \"heads\": 2, \"head-width\": 3, \"hidden\": 5, \"dropout\": 0.2, \"residual-dropout\": 0.1}",
        "{\"family\": \"ft-transformer\", \"blocks\": 1, \"heads\": 1, \"head-width\": 4, \"hidden\": 5, \"numeric-embedding\": \"piecewise-linear\", \"bins\": 3}",
        "{\"family\": \"ft-transformer\", \"blocks\": 1, \"heads\": 1, \"head-width\": 4, \"hidden\": 5, \"numeric-embedding\": \"periodic\", \"frequencies\": 3}",
        "{\"family\": \"ft-transformer\", \"blocks\": 1, \"heads\": 1, \"head-width\": 4, \"hidden\": 5, \"numeric-embedding\": \"both\", \"bins\": 3}");
  }
}
