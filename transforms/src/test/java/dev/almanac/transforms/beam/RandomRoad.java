package dev.almanac.transforms.beam;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.dataset.DatasetStages;
import dev.almanac.transforms.dataset.part.PartPlan;
import dev.almanac.transforms.dataset.part.WrittenPart;
import dev.almanac.transforms.encode.FitSteps;
import dev.almanac.transforms.encode.LabelKind;
import dev.almanac.transforms.encode.ModelColumns;
import dev.almanac.transforms.feature.Clip;
import dev.almanac.transforms.feature.DatePart;
import dev.almanac.transforms.feature.DateParts;
import dev.almanac.transforms.feature.Difference;
import dev.almanac.transforms.feature.HashBucket;
import dev.almanac.transforms.feature.IsNull;
import dev.almanac.transforms.feature.Log1p;
import dev.almanac.transforms.feature.NullIfFlagged;
import dev.almanac.transforms.feature.RowFeature;
import dev.almanac.transforms.fit.FitPlan;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.parquet.write.ParquetBatchWriter;
import dev.almanac.transforms.parquet.write.ParquetCodec;
import dev.almanac.transforms.parquet.write.ParquetLayout;
import dev.almanac.transforms.problem.Problems;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.SourceSchema;
import dev.almanac.transforms.schema.text.DateForm;
import dev.almanac.transforms.source.SourceChoice;
import dev.almanac.transforms.source.SourceChunk;
import dev.almanac.transforms.source.SourceFolder;
import dev.almanac.transforms.source.SourceRows;
import dev.almanac.transforms.split.DateRange;
import dev.almanac.transforms.split.DateSplit;
import dev.almanac.transforms.staging.ChunkStager;
import dev.almanac.transforms.staging.ChunkSummary;
import dev.almanac.transforms.staging.DatasetIdentity;
import dev.almanac.transforms.staging.DatasetJob;
import dev.almanac.transforms.staging.DatasetLayout;
import dev.almanac.transforms.staging.DatasetSource;
import dev.almanac.transforms.staging.RejectPolicy;
import dev.almanac.transforms.staging.RowOrder;
import dev.almanac.transforms.staging.Staging;
import dev.almanac.transforms.staging.Tolerance;
import dev.almanac.transforms.staging.UnknownClassPolicy;
import dev.almanac.transforms.storage.Matches;
import dev.almanac.transforms.storage.StoredFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** A random source, CSV or parquet, and a random way to make a dataset of it. */
final class RandomRoad {
  private static final LocalDate FIRST = LocalDate.of(2001, 1, 1);

  private static final List<String> STEPS =
      List.of(
          "{}",
          "{\"numeric\": [\"impute-median\", \"robust-scale\"]}",
          "{\"numeric\": [{\"impute-mean\": {\"indicator\": true}}, \"min-max\"]}",
          "{\"numeric\": [{\"impute-constant\": {\"value\": 2}}, {\"standardize\": {\"ddof\": 1}}]}",
          "{\"nominal\": [{\"index\": {\"min-count\": 3, \"max-size\": 4}}]}",
          "{\"columns\": {\"size\": [\"impute-constant\"], \"kind\": [{\"index\": {\"max-size\": 2}}]}}"
              .replace("\"impute-constant\"", "{\"impute-constant\": {\"value\": 0}}"));

  private static final String HEADER = "day,note,size,count,kind,flags,other,label";

  private final Path folder;
  private final Random random;
  private final boolean parquet;
  private final boolean folders;
  private final LabelKind kind;
  private final long rangeBytes;
  private final List<SourceColumn> schema;
  private final DateSplit split;
  private final DatasetLayout layout;
  private final FitPlan plan;
  private final String steps;
  private final UnknownClassPolicy unknownClasses;

  private RandomRoad(Path folder, Random random) throws IOException {
    this.folder = folder;
    this.random = random;
    this.parquet = random.nextInt(4) == 0;
    this.folders = random.nextInt(4) == 0;
    this.kind = random.nextBoolean() ? LabelKind.REGRESSION : LabelKind.MULTICLASS;
    this.rangeBytes = 150 + random.nextInt(4000);
    this.schema = new ArrayList<>();
    schema.add(new SourceColumn("day", ColumnType.DATE, DateForm.ISO, random.nextBoolean()));
    schema.add(new SourceColumn("note", ColumnType.STRING, null, true));
    schema.add(new SourceColumn("size", ColumnType.DOUBLE, null, true));
    schema.add(new SourceColumn("count", ColumnType.LONG, null, random.nextBoolean()));
    schema.add(new SourceColumn("kind", ColumnType.STRING, null, true));
    schema.add(new SourceColumn("flags", ColumnType.STRING, null, true));
    schema.add(new SourceColumn("other", ColumnType.DOUBLE, null, true));
    schema.add(
        new SourceColumn(
            "label", kind.isClasses() ? ColumnType.STRING : ColumnType.DOUBLE, null, true));
    if (folders) {
      schema.add(new SourceColumn("region", ColumnType.STRING, null, true));
    }
    LocalDate validation = FIRST.plusDays(450 + random.nextInt(200));
    LocalDate test = validation.plusDays(random.nextInt(100));
    this.split =
        new DateSplit(
            "day",
            new DateRange(random.nextBoolean() ? null : FIRST.plusDays(30), validation),
            new DateRange(validation.plusDays(random.nextInt(5)), test.plusDays(6)),
            new DateRange(
                test.plusDays(6 + random.nextInt(5)),
                random.nextBoolean() ? null : FIRST.plusDays(900)));
    this.layout =
        new DatasetLayout(
            20 + random.nextInt(300),
            1 + random.nextInt(5),
            random.nextBoolean() ? ParquetCodec.UNCOMPRESSED : ParquetCodec.ZSTD,
            random.nextInt(3) > 0 ? RowOrder.SHUFFLED : RowOrder.SOURCE,
            random.nextInt(100));
    this.unknownClasses =
        random.nextInt(3) == 0 ? UnknownClassPolicy.DROP : UnknownClassPolicy.COUNT_AS_WRONG;
    this.steps = STEPS.get(random.nextInt(STEPS.size()));
    this.plan = randomPlan();
  }

  static RandomRoad make(Path folder, Random random) throws IOException {
    RandomRoad road = new RandomRoad(folder, random);
    int files = 1 + random.nextInt(5);
    for (int file = 0; file < files; file++) {
      road.write(file);
    }
    return road;
  }

  private FitPlan bound(List<RowFeature> features) throws IOException {
    Problems problems = new Problems();
    FitSteps fit = FitSteps.read(Json.tree(steps, "fit"), problems);
    problems.refuse();
    List<String> numeric = new ArrayList<>(List.of("size", "count"));
    List<String> nominal = new ArrayList<>(List.of("kind"));
    List<String> keep = new ArrayList<>();
    if (random.nextBoolean()) {
      numeric.add("other");
    }
    if (random.nextBoolean()) {
      nominal.add("note");
    }
    if (folders) {
      nominal.add("region");
    }
    for (String column : List.of("day", "note", "count", "label")) {
      if (random.nextInt(3) == 0) {
        keep.add(column);
      }
    }
    return FitPlan.of(
        schema,
        features,
        new ModelColumns("label", kind, numeric, nominal, keep),
        fit,
        split.column());
  }

  private FitPlan randomPlan() throws IOException {
    List<RowFeature> features = new ArrayList<>();
    if (random.nextBoolean()) {
      features.add(new DateParts("day", List.of(DatePart.values()[random.nextInt(4)])));
    }
    if (random.nextBoolean()) {
      features.add(new NullIfFlagged("size", "flags", 2));
    }
    if (random.nextBoolean() && !kind.isClasses()) {
      features.add(new NullIfFlagged("label", "flags", 1));
    }
    if (random.nextBoolean()) {
      features.add(new Difference("size", "other", "diff"));
    }
    if (random.nextBoolean()) {
      features.add(new Log1p("count", null));
    }
    if (random.nextBoolean()) {
      features.add(new IsNull("kind", "unkind"));
    }
    if (random.nextBoolean()) {
      features.add(new HashBucket("note", 5, "bucket"));
    }
    if (random.nextBoolean()) {
      features.add(new Clip("other", -1.0, 40.0, null));
    }
    return bound(features);
  }

  Path folder() {
    return folder;
  }

  FitPlan plan() {
    return plan;
  }

  DateSplit split() {
    return split;
  }

  DatasetLayout layout() {
    return layout;
  }

  UnknownClassPolicy unknownClasses() {
    return unknownClasses;
  }

  ParquetCodec codec() {
    return layout.codec();
  }

  ReadSource read() throws IOException {
    return ReadSource.from(source() + "/**")
        .withSchema(SourceSchema.of(schema))
        .forPlan(plan, split)
        .allowing(new RejectPolicy(null, 1.0))
        .inRangesOf(rangeBytes);
  }

  /** How many ranges the files are cut into. */
  int ranges() throws IOException {
    return SourceChunk.ranges(files(), CsvFormat.standard(), rangeBytes).size();
  }

  private String source() {
    return folder.resolve("source").toString();
  }

  private List<StoredFile> files() throws IOException {
    return Matches.of(source() + "/**").files();
  }

  /** The dataset that the program makes, stage after stage, without an engine. */
  Dataset prepare() throws IOException {
    List<StoredFile> files = files();
    DatasetJob job =
        new DatasetJob(
            new Staging(folder.resolve("fused").toString(), "20200101T000000Z"),
            new DatasetSource(
                CsvFormat.standard(),
                DatasetSource.wanted(schema, plan, split),
                SourceFolder.of(files),
                SourceChoice.ALL,
                List.of()),
            plan,
            split,
            layout,
            new Tolerance(new RejectPolicy(null, 1.0), 1, unknownClasses),
            new DatasetIdentity(
                "fused", "config", "schema", "2020-01-01T00:00:00Z", "test", null, "none", "h"),
            random.nextBoolean() ? "key" : null);
    List<ChunkSummary> summaries = new ArrayList<>();
    for (SourceChunk chunk :
        SourceChunk.pack(SourceChunk.ranges(files, CsvFormat.standard(), rangeBytes))) {
      summaries.add(0, new ChunkStager(job).stage(chunk));
    }
    List<WrittenPart> parts = new ArrayList<>();
    for (PartPlan part : new DatasetStages(job).plan(summaries)) {
      parts.add(new DatasetStages(job).write(part));
    }
    return Dataset.open(new DatasetStages(job).commit(parts));
  }

  private void write(int number) throws IOException {
    StringBuilder csv = new StringBuilder(HEADER + "\n");
    int rows = 150 + random.nextInt(300);
    for (int row = 0; row < rows; row++) {
      csv.append(row(row * 1000 / rows)).append('\n');
    }
    Path below =
        folder.resolve("source").resolve(folders ? "region=r" + random.nextInt(3) : "plain");
    Files.createDirectories(below);
    byte[] text = csv.toString().getBytes(StandardCharsets.UTF_8);
    if (parquet) {
      parquet(text, below.resolve("f" + number + ".parquet"));
    } else if (random.nextInt(4) == 0) {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
        out.write(text);
      }
      Files.write(below.resolve("f" + number + ".csv.gz"), packed.toByteArray());
    } else {
      Files.write(below.resolve("f" + number + ".csv"), text);
    }
  }

  private String row(int day) {
    String date =
        random.nextInt(40) == 0 ? "" : FIRST.plusDays(day + random.nextInt(20)).toString();
    String note =
        switch (random.nextInt(6)) {
          case 0 -> "\"two\nlines, \"\"quoted\"\"\"";
          case 1 -> "\"2001-02-03,a,1,1,k,,1,1\n2001-05-06,b,2,2,k,,2,2\n\"";
          case 2 -> "";
          default -> "n" + random.nextInt(4);
        };
    String size = random.nextInt(9) == 0 ? "NA" : String.valueOf(random.nextInt(2000) / 8.0);
    String count = random.nextInt(30) == 0 ? "" : String.valueOf(random.nextInt(50));
    String flags = random.nextInt(3) == 0 ? ",%s".formatted(random.nextBoolean() ? "X" : "") : "";
    String other = random.nextInt(5) == 0 ? "" : String.valueOf(random.nextGaussian());
    String label =
        random.nextInt(12) == 0
            ? ""
            : kind.isClasses()
                ? "c" + random.nextInt(day > 500 ? 5 : 3)
                : String.valueOf(random.nextInt(100));
    String row =
        "%s,%s,%s,%s,%s,\"%s\",%s,%s"
            .formatted(date, note, size, count, "k" + random.nextInt(6), flags, other, label);
    if (!parquet && random.nextInt(60) == 0) {
      return random.nextBoolean() ? row + ",more" : row.replace(size, "x" + size);
    }
    return row;
  }

  /** The same rows as parquet, which has no place for some that CSV rejects. */
  private void parquet(byte[] text, Path path) throws IOException {
    Path csv = folder.resolve("rows.csv");
    Files.write(csv, text);
    List<SourceColumn> stored =
        schema.stream()
            .filter(column -> !column.name().equals("region"))
            .map(c -> new SourceColumn(c.name(), c.type(), c.dateForm(), true))
            .toList();
    TableSchema table = SourceColumn.schema(stored);
    try (SourceRows rows =
            SourceRows.open(csv.toString(), stored, CsvFormat.standard(), reject -> {});
        ParquetBatchWriter writer =
            ParquetBatchWriter.create(
                path.toString(), table, ParquetLayout.of(70, ParquetCodec.UNCOMPRESSED))) {
      for (ColumnBatch batch = rows.next(); batch != null; batch = rows.next()) {
        writer.write(batch);
      }
      writer.finish();
    }
    Files.delete(csv);
  }

  @Override
  public String toString() {
    return "%s, %s label, unknown %s, ranges of %s, %s, %s, %s, features %s"
        .formatted(
            parquet ? "parquet" : "CSV",
            kind,
            unknownClasses.text(),
            rangeBytes,
            layout,
            split,
            steps,
            plan.features().features());
  }
}
