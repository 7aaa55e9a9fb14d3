package dev.almanac.transforms.beam;

import dev.almanac.transforms.beam.coder.ColumnBatchCoder;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.split.DateRange;
import dev.almanac.transforms.split.DateSplit;
import dev.almanac.transforms.split.Split;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Parts rows by their date into train, validation and test.
 *
 * <p>Every row is in exactly one of five collections: rows whose date lies in no range are {@link
 * #OUTSIDE}, rows without a date {@link #NO_DATE}. Batches keep their columns and the order of
 * their rows; no empty batch comes out.
 */
public final class SplitByDate extends PTransform<PCollection<ColumnBatch>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  public static final TupleTag<ColumnBatch> TRAIN = new TupleTag<>("train") {};
  public static final TupleTag<ColumnBatch> VALIDATION = new TupleTag<>("validation") {};
  public static final TupleTag<ColumnBatch> TEST = new TupleTag<>("test") {};

  /** Rows whose date is in none of the ranges. */
  public static final TupleTag<ColumnBatch> OUTSIDE = new TupleTag<>("outside") {};

  /** Rows whose date is null. */
  public static final TupleTag<ColumnBatch> NO_DATE = new TupleTag<>("no-date") {};

  static final List<TupleTag<ColumnBatch>> TAGS =
      List.of(TRAIN, VALIDATION, TEST, OUTSIDE, NO_DATE);

  private final DateSplit split;

  private SplitByDate(DateSplit split) {
    this.split = split;
  }

  public static SplitByDate on(DateSplit split) {
    return new SplitByDate(Objects.requireNonNull(split, "split"));
  }

  /**
   * Train is every day before one date, test every day from another on, validation what lies
   * between; no day is outside.
   */
  public static SplitByDate at(String column, LocalDate validation, LocalDate test) {
    return on(
        new DateSplit(
            column,
            new DateRange(null, validation),
            new DateRange(validation, test),
            new DateRange(test, null)));
  }

  /** The tag of a split's rows. */
  public static TupleTag<ColumnBatch> tag(Split split) {
    return TAGS.get(split.ordinal());
  }

  @Override
  public PCollectionTuple expand(PCollection<ColumnBatch> batches) {
    TupleTagList others = TupleTagList.empty();
    for (TupleTag<ColumnBatch> tag : TAGS.subList(1, TAGS.size())) {
      others = others.and(tag);
    }
    PCollectionTuple parts =
        batches.apply("Part", ParDo.of(new Part(split)).withOutputTags(TRAIN, others));
    TAGS.forEach(tag -> parts.get(tag).setCoder(ColumnBatchCoder.of()));
    return parts;
  }

  private static final class Part extends DoFn<ColumnBatch, ColumnBatch> {
    private static final long serialVersionUID = 1L;

    private final DateSplit split;

    Part(DateSplit split) {
      this.split = split;
    }

    @ProcessElement
    public void process(@Element ColumnBatch batch, MultiOutputReceiver out) {
      byte[] codes = split.codes(batch);
      for (Split part : Split.values()) {
        output(batch, DateSplit.rows(codes, part), out.get(tag(part)));
      }
      output(batch, DateSplit.rows(codes, DateSplit.OUTSIDE), out.get(OUTSIDE));
      output(batch, DateSplit.rows(codes, DateSplit.NO_DATE), out.get(NO_DATE));
    }

    private static void output(ColumnBatch batch, int[] rows, OutputReceiver<ColumnBatch> out) {
      if (rows.length > 0) {
        out.output(rows.length == batch.rows() ? batch : batch.take(rows));
      }
    }
  }
}
