package dev.almanac.transforms.beam;

import dev.almanac.transforms.beam.coder.Lines;
import dev.almanac.transforms.beam.coder.Packed;
import dev.almanac.transforms.dataset.part.PartPlan;
import dev.almanac.transforms.dataset.part.PartStages;
import dev.almanac.transforms.dataset.part.WrittenPart;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.storage.Redo;
import java.io.IOException;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/** From planned files, as numbered lines of JSON, to the folder of a committed dataset, once. */
final class WriteParts extends PTransform<PCollection<KV<Integer, String>>, PCollection<String>> {
  private static final long serialVersionUID = 1L;

  private final Packed<? extends PartStages> stages;

  private WriteParts(Packed<? extends PartStages> stages) {
    this.stages = stages;
  }

  static WriteParts of(Packed<? extends PartStages> stages) {
    return new WriteParts(stages);
  }

  @Override
  public PCollection<String> expand(PCollection<KV<Integer, String>> plans) {
    return plans
        .apply("Spread parts", Reshuffle.of())
        .apply("Write part", ParDo.of(new WritePart(stages)))
        .setCoder(Lines.coder())
        .apply("Gather parts", GroupByKey.create())
        .apply("Commit", ParDo.of(new Commit(stages)))
        .setCoder(StringUtf8Coder.of());
  }

  private static final class WritePart extends DoFn<KV<Integer, String>, KV<Integer, String>> {
    private static final long serialVersionUID = 1L;

    private final Packed<? extends PartStages> stages;

    WritePart(Packed<? extends PartStages> stages) {
      this.stages = stages;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, String> element, OutputReceiver<KV<Integer, String>> out)
        throws IOException {
      PartPlan part = Json.read(element.getValue(), PartPlan.class, "a part");
      WrittenPart written = Redo.whileUploadsFail(() -> stages.value().write(part));
      out.output(KV.of(0, Json.line(written)));
    }
  }

  private static final class Commit extends DoFn<KV<Integer, Iterable<String>>, String> {
    private static final long serialVersionUID = 1L;

    private final Packed<? extends PartStages> stages;

    Commit(Packed<? extends PartStages> stages) {
      this.stages = stages;
    }

    @ProcessElement
    public void process(@Element KV<Integer, Iterable<String>> parts, OutputReceiver<String> out)
        throws IOException {
      out.output(stages.value().commit(Lines.read(parts.getValue(), WrittenPart.class)));
    }
  }
}
