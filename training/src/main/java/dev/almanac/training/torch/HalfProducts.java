package dev.almanac.training.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;

/**
 * How fast matrix products of bfloat16 are on this machine. Processors without instructions for
 * them, such as AVX512_BF16, are slower at them than at float32.
 */
public final class HalfProducts {
  private static final int WIDTH = 256;
  private static final int TIMES = 4;
  private static final int ROUNDS = 12;

  private static final String PRODUCTS =
      """
        def products(self: __torch__.Program, x: Tensor, half: bool, times: int) -> Tensor:
          y = x
          if half:
            y = x.to(15)
          made = y
          i = 0
          while i < times:
            made = torch.mm(y, y)
            i = i + 1
          return torch.sum(made)
      """;

  private HalfProducts() {}

  /** The time that products of bfloat16 take, as a share of those of float32. */
  public static double time(Compute compute) {
    try (NDManager manager = compute.manager();
        PtSymbolBlock block = TorchScriptArchive.load((PtNDManager) manager, PRODUCTS)) {
      NDArray x = manager.ones(new Shape(WIDTH, WIDTH));
      double half = Double.MAX_VALUE;
      double whole = Double.MAX_VALUE;
      for (int round = 0; round < ROUNDS; round++) {
        half = Math.min(half, seconds(manager, block, x, true));
        whole = Math.min(whole, seconds(manager, block, x, false));
      }
      return half / whole;
    }
  }

  private static double seconds(NDManager manager, PtSymbolBlock block, NDArray x, boolean half) {
    long before = System.nanoTime();
    try (IValue in = Program.tensor(x);
        CallNumbers numbers = new CallNumbers();
        IValue made =
            IValueUtils.runMethod(
                block, "products", in, numbers.of(half), numbers.of((long) TIMES));
        NDArray sum = made.toTensor((PtNDManager) manager)) {
      sum.toType(DataType.FLOAT32, true).close();
    }
    return (System.nanoTime() - before) / 1e9;
  }
}
