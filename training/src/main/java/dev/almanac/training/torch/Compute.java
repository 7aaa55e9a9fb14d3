package dev.almanac.training.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.almanac.training.config.DeviceChoice;
import dev.almanac.training.problem.TrainingException;

/**
 * The device that does the arithmetic, and how many threads serve an operation on it.
 *
 * <p>PyTorch's threads belong to the process: the last {@link #start} sets them for all.
 */
public final class Compute {
  private static final String ENGINE = "PyTorch";

  private final Device device;
  private final String name;
  private final int threads;

  private Compute(Device device, String name, int threads) {
    this.device = device;
    this.name = name;
    this.threads = threads;
  }

  /**
   * Starts PyTorch if it has not been, and picks a device.
   *
   * @param threads 0 is all cores
   * @throws TrainingException when a GPU is wanted and there is none
   */
  public static Compute start(DeviceChoice wanted, int threads) {
    int used = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    Engine engine = engine(used);
    // Only the calling thread and threads that PyTorch starts for it are affected.
    JniUtils.setNumThreads(used);
    boolean gpu = engine.defaultDevice().isGpu();
    if (wanted == DeviceChoice.GPU && !gpu) {
      throw new TrainingException(
          "Cannot train on device 'gpu': PyTorch %s sees none (%s); build with `-P gpu` on a machine with an NVIDIA card, or say `device: auto`"
              .formatted(
                  engine.getVersion(),
                  engine.hasCapability("CUDA")
                      ? "GPUs found: " + engine.getGpuCount()
                      : "its native library is the one for processors"));
    }
    return gpu && wanted != DeviceChoice.CPU
        ? new Compute(Device.gpu(), "gpu0", used)
        : new Compute(Device.cpu(), "cpu", used);
  }

  /** PyTorch, started without network and telemetry. */
  private static synchronized Engine engine(int threads) {
    // DJL reads these once, when its engine starts; what the launcher has set stays.
    setDefault("offline", "true");
    setDefault("OPT_OUT_TRACKING", "true");
    setDefault("ai.djl.default_engine", ENGINE);
    setDefault("ai.djl.pytorch.num_threads", Integer.toString(threads));
    setDefault("ai.djl.pytorch.num_interop_threads", "1");
    return Engine.getEngine(ENGINE);
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /** For a person and for the run record: {@code cpu} or {@code gpu0}. */
  public String name() {
    return name;
  }

  /** PyTorch's threads within an operation. */
  public int threads() {
    return threads;
  }

  /** What holds tensors there; close it. */
  NDManager manager() {
    return Engine.getEngine(ENGINE).newBaseManager(device);
  }

  /** Seeds the draws that PyTorch makes, such as dropout's. */
  public void seed(long seed) {
    Engine.getEngine(ENGINE).setRandomSeed(Long.hashCode(seed));
  }

  /** The version of DJL, which loads PyTorch. */
  public static String djl() {
    return Engine.getDjlVersion();
  }

  /** Whether this was thrown because PyTorch got no more memory. */
  public static boolean lacksMemory(Throwable thrown) {
    return thrown instanceof EngineException
        && thrown.getMessage() != null
        && thrown.getMessage().matches("(?s).*(can't allocate memory|out of memory).*");
  }

  /** PyTorch's own version. */
  public String pytorch() {
    return Engine.getEngine(ENGINE).getVersion();
  }

  /** True when reading a number back does not make the processor wait for another device. */
  public boolean isHere() {
    return !device.isGpu();
  }
}
