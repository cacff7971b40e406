package jp.kazashi.load.face;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import jp.kazashi.load.Latencies;
import jp.kazashi.load.Report;
import jp.kazashi.reader.face.Calibration;
import jp.kazashi.reader.face.ChildDecoder;
import jp.kazashi.reader.face.Embedding;
import jp.kazashi.reader.face.FaceNetworks;
import jp.kazashi.reader.face.FacePolicy;
import jp.kazashi.reader.face.FaceProbe;
import jp.kazashi.reader.face.NativeLibrary;
import jp.kazashi.reader.face.Pixels;
import jp.kazashi.reader.face.Roc;
import jp.kazashi.reader.face.Terms;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./kazashi bench face}: how right and how fast faces are compared here. */
@Command(
    name = "face",
    mixinStandardHelpOptions = true,
    description = {
      "How right the installed networks are on the pictures of a fold, live against live and live",
      "against card, with the counts behind every rate; the time of each stage on one thread and"
          + " on",
      "two; and memory. Without networks or fold it says so and measures what is left."
    })
public final class FaceBench implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Option(
      names = "--fold",
      paramLabel = "ZIP",
      description = "the pictures (../shared/vectors/faces/lfw-fold.zip beside the clone)")
  Optional<Path> fold = Optional.empty();

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description = "the networks (KAZASHI_FACE_MODELS, else .kazashi/face)")
  Optional<Path> models = Optional.empty();

  @Option(names = "--rounds", paramLabel = "N", description = "of each stage (${DEFAULT-VALUE})")
  int rounds = 200;

  private final Report report = new Report("face");

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Terms terms =
        new Terms(
            folder(),
            Terms.USUAL_EMBEDDER,
            FacePolicy.atTerminal(Calibration.Profile.USUAL, FacePolicy.Liveness.PASSIVE));
    report.measure("resident memory of the JVM alone", residentMegabytes(), "MB");
    long begun = System.nanoTime();
    NativeLibrary.Loading library = NativeLibrary.load(terms.libraries());
    report.measure("loading the library", millis(System.nanoTime() - begun), "ms");
    report.measure("resident memory with the library", residentMegabytes(), "MB");
    begun = System.nanoTime();
    Terms.Opening opening = terms.open();
    report.measure("loading and trying all networks", millis(System.nanoTime() - begun), "ms");
    switch (opening) {
      case Terms.Opening.Closed(List<String> remedies) -> {
        out.println("no data: " + library);
        remedies.forEach(remedy -> out.println("  " + remedy));
        return 3;
      }
      case Terms.Opening.Open open -> {
        report.put("model", open.networks().model().id());
        report.put("calibration", open.calibration().id());
        report.measure("resident memory with all networks", residentMegabytes(), "MB");
        measure(open, terms, out);
      }
    }
    Path home = home().resolve("bench");
    report.write(home);
    report.lines().forEach(out::println);
    out.println();
    out.println(home.resolve("latest.html"));
    out.flush();
    return 0;
  }

  private void measure(Terms.Opening.Open open, Terms terms, PrintWriter out) throws IOException {
    Path zip = fold.orElseGet(() -> root().resolve("../shared/vectors/faces/lfw-fold.zip"));
    if (!Files.exists(zip)) {
      report.put("accuracy", "no data");
      out.println("no data: there is no fold at " + zip + "; name one with --fold");
      return;
    }
    Fold pictures = Fold.read(zip);
    out.printf("%,d pictures; embedding them live and as cards …%n", pictures.pictures().size());
    out.flush();
    FaceProbe probe = new FaceProbe(open.networks());
    new Accuracy(pictures, probe, report).measure(open.calibration());
    new Aliveness(probe, report).measure(pictures, zip.resolveSibling("."));
    times(pictures, probe, open, terms);
    report.measure("resident memory of this bench in the end", residentMegabytes(), "MB");
  }

  /**
   * Of pictures of people, which a person before a camera looks like at best, and of the same
   * within the edges of a drawn screen. There is no set of real attacks.
   */
  private record Aliveness(FaceProbe probe, Report report) {

    void measure(Fold fold, Path beside) throws IOException {
      tell(
          "pictures of the fold",
          fold.pictures().stream()
              .flatMap(picture -> probe.liveness(picture.jpeg().clone()).stream())
              .toList());
      List<FaceProbe.Looks> whole = new ArrayList<>();
      List<FaceProbe.Looks> onScreens = new ArrayList<>();
      try (Stream<Path> files = Files.list(beside)) {
        for (Path file : files.filter(file -> file.toString().endsWith(".jpg")).sorted().toList()) {
          probe.liveness(Files.readAllBytes(file)).ifPresent(whole::add);
          onScreens.addAll(probe.onScreens(Files.readAllBytes(file)));
        }
      }
      tell("whole photographs", whole);
      tell("the same on drawn screens", onScreens);
    }

    private void tell(String of, List<FaceProbe.Looks> looks) {
      report.measure("liveness, " + of, looks.size(), "");
      for (String standing : List.of("ALIVE", "UNSURE", "PICTURE")) {
        report.measure(
            "liveness, %s, %s".formatted(of, standing),
            (double) looks.stream().filter(look -> look.standing().equals(standing)).count(),
            "");
      }
      report.measure(
          "liveness, %s, with edges on three sides".formatted(of),
          (double) looks.stream().filter(look -> look.sides() >= 3).count(),
          "");
    }
  }

  private void times(Fold pictures, FaceProbe probe, Terms.Opening.Open open, Terms terms)
      throws IOException {
    for (int threads : new int[] {1, 2}) {
      FaceNetworks.use(threads);
      stages(pictures, probe, threads);
      Latencies three = new Latencies();
      for (int round = 0; round < rounds; round++) {
        byte[] picture = pictures.pictures().get(round % pictures.pictures().size()).jpeg();
        Duration took =
            probe
                .cardOf(picture.clone())
                .map(card ->
                    probe.threeFrames(
                        card,
                        picture.clone(),
                        terms.policy(),
                        open.calibration(),
                        System::nanoTime))
                .orElse(Duration.ZERO);
        if (round >= rounds / 10 && !took.isZero()) {
          three.add(took.toNanos());
        }
      }
      String name = "three frames after capture, %d thread(s)".formatted(threads);
      double median = three.percentileMillis(50);
      report.measure(name + ", median of " + three.count(), median, "ms", "≤ 150", median <= 150);
      report.measure(name + ", p95", three.percentileMillis(95), "ms");
    }
    decoding(pictures, probe, terms);
  }

  private void stages(Fold pictures, FaceProbe probe, int threads) {
    Map<String, Latencies> stages = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      byte[] picture = pictures.pictures().get(round % pictures.pictures().size()).jpeg();
      boolean warm = round >= rounds / 10;
      probe
          .stages(picture.clone(), System::nanoTime)
          .forEach((stage, took) -> {
            if (warm) {
              stages.computeIfAbsent(stage, _ -> new Latencies()).add(took.toNanos());
            }
          });
    }
    stages.forEach((stage, times) -> {
      String name = "%s, %d thread(s)".formatted(stage, threads);
      report.measure(name + ", median", times.percentileMillis(50), "ms");
      report.measure(name + ", p95", times.percentileMillis(95), "ms");
    });
  }

  /** A portrait in a process of its own: already started, and started for it. */
  private void decoding(Fold pictures, FaceProbe probe, Terms terms) {
    Optional<byte[]> portrait =
        pictures.pictures().stream()
            .flatMap(picture -> probe.cardOf(picture.jpeg().clone()).stream())
            .findFirst();
    if (portrait.isEmpty()) {
      return;
    }
    Latencies here = new Latencies();
    for (int round = 0; round < 50; round++) {
      here.add(probe.decodingHere(portrait.get().clone(), System::nanoTime).toNanos());
    }
    report.measure("portrait decoded in this process, median", here.percentileMillis(50), "ms");
    Latencies started = new Latencies();
    Latencies waiting = new Latencies();
    for (int round = 0; round < 10; round++) {
      try (ChildDecoder decoder = new ChildDecoder(terms.libraries())) {
        started.add(decoded(decoder, portrait.get()));
        // The next one has been started meanwhile; it is given the time between two patients.
        pause(Duration.ofSeconds(1));
        waiting.add(decoded(decoder, portrait.get()));
      }
    }
    report.measure(
        "portrait decoded in a process started for it, median", started.percentileMillis(50), "ms");
    report.measure(
        "portrait decoded in a process that waited, median", waiting.percentileMillis(50), "ms");
  }

  private static long decoded(ChildDecoder decoder, byte[] portrait) {
    long begun = System.nanoTime();
    if (decoder.decode(portrait.clone()) instanceof Pixels.Decoding.Decoded(Pixels pixels)) {
      pixels.close();
      return System.nanoTime() - begun;
    }
    throw new IllegalStateException("A portrait made here was not decoded.");
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Live against live, and live against card. */
  private record Accuracy(Fold fold, FaceProbe probe, Report report) {

    void measure(Calibration calibration) {
      List<Fold.Picture> of = new ArrayList<>();
      List<Embedding> live = new ArrayList<>();
      List<Embedding> cards = new ArrayList<>();
      int missedLive = 0;
      int missedCards = 0;
      for (Fold.Picture picture : fold.pictures()) {
        Optional<Embedding> seen = probe.embedding(picture.jpeg().clone());
        Optional<Embedding> onCard = probe.onCard(picture.jpeg().clone());
        missedLive += seen.isEmpty() ? 1 : 0;
        missedCards += onCard.isEmpty() ? 1 : 0;
        if (seen.isPresent() && onCard.isPresent()) {
          of.add(picture);
          live.add(seen.get());
          cards.add(onCard.get());
        }
      }
      report.measure("pictures", fold.pictures().size(), "");
      report.measure("pictures with no face found, live", missedLive, "");
      report.measure("pictures with no face found, as a card", missedCards, "");
      tell("live-live", roc(of, FaceProbe.likenesses(live, live), false), calibration);
      tell("card-live", roc(of, FaceProbe.likenesses(cards, live), true), calibration);
      for (int frames : new int[] {1, 3, 5}) {
        fused(of, live, cards, frames, calibration);
      }
    }

    /** All pairs of two pictures; where rows and columns are of one kind, each pair once. */
    private static Roc roc(List<Fold.Picture> of, float[][] likeness, boolean twoKinds) {
      Scores genuine = new Scores();
      Scores impostor = new Scores();
      for (int row = 0; row < of.size(); row++) {
        for (int column = twoKinds ? 0 : row + 1; column < of.size(); column++) {
          if (row == column) {
            continue;
          }
          if (of.get(row).person().equals(of.get(column).person())) {
            genuine.add(likeness[row][column]);
          } else if (!of.get(row).mayBeOf(of.get(column))) {
            impostor.add(likeness[row][column]);
          }
        }
      }
      return new Roc(genuine.all(), impostor.all());
    }

    /** The mean of several live pictures of a person against the card of another of theirs. */
    private void fused(
        List<Fold.Picture> of,
        List<Embedding> live,
        List<Embedding> cards,
        int frames,
        Calibration calibration) {
      List<Fold.Picture> people = new ArrayList<>();
      List<Embedding> portraits = new ArrayList<>();
      List<Embedding> faces = new ArrayList<>();
      for (int from = 0; from < of.size(); ) {
        int to = from;
        while (to < of.size() && of.get(to).person().equals(of.get(from).person())) {
          to++;
        }
        if (to - from > frames) {
          people.add(of.get(from));
          portraits.add(cards.get(from));
          faces.add(Embedding.fused(live.subList(from + 1, from + 1 + frames)));
        }
        from = to;
      }
      if (people.size() < 2) {
        return;
      }
      float[][] likeness = FaceProbe.likenesses(portraits, faces);
      Scores genuine = new Scores();
      Scores impostor = new Scores();
      for (int row = 0; row < people.size(); row++) {
        for (int column = 0; column < people.size(); column++) {
          if (row == column) {
            genuine.add(likeness[row][column]);
          } else if (!people.get(row).mayBeOf(people.get(column))) {
            impostor.add(likeness[row][column]);
          }
        }
      }
      Roc roc = new Roc(genuine.all(), impostor.all());
      String name = "card against %d fused".formatted(frames);
      double threshold = calibration.threshold(frames);
      report.measure(name + ", people", people.size(), "");
      tellAt(name, roc, roc.thresholdAt(1e-3), "FMR 1e-3");
      tellAt(name, roc, threshold, "the terminal's %.2f".formatted(threshold));
    }

    private void tell(String name, Roc roc, Calibration calibration) {
      report.measure(name + ", pairs of one person", roc.genuine(), "");
      report.measure(name + ", pairs of two persons", roc.impostors(), "");
      report.measure(name + ", equal error rate", 100 * roc.equalErrorRate(), "%");
      tellAt(name, roc, roc.thresholdAt(1e-2), "FMR 1e-2");
      tellAt(name, roc, roc.thresholdAt(1e-3), "FMR 1e-3");
      double one = calibration.threshold(1);
      tellAt(name, roc, one, "the terminal's %.2f".formatted(one));
    }

    private void tellAt(String name, Roc roc, double threshold, String at) {
      report.measure("%s at %s, threshold".formatted(name, at), threshold, "");
      report.measure(
          "%s at %s, FNMR (%,d of %,d)"
              .formatted(name, at, roc.falseNonMatches(threshold), roc.genuine()),
          100 * roc.fnmr(threshold),
          "%");
      report.measure(
          "%s at %s, false matches".formatted(name, at), roc.falseMatches(threshold), "pairs");
    }
  }

  /** Floats that grow in number. */
  private static final class Scores {
    private float[] scores = new float[1 << 12];
    private int count;

    void add(float score) {
      if (count == scores.length) {
        scores = Arrays.copyOf(scores, 2 * count);
      }
      scores[count++] = score;
    }

    float[] all() {
      return Arrays.copyOf(scores, count);
    }
  }

  private static double millis(long nanos) {
    return nanos / 1e6;
  }

  /** Of this process, as Linux counts it; unknown elsewhere. */
  private static double residentMegabytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    return !Files.exists(status)
        ? Double.NaN
        : Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
            .findFirst()
            .orElse(Double.NaN);
  }

  private Path folder() {
    return models.or(() -> setting("KAZASHI_FACE_MODELS")).orElseGet(() -> home().resolve("face"));
  }

  private static Path home() {
    return setting("KAZASHI_HOME").orElse(Path.of(".kazashi")).toAbsolutePath();
  }

  private static Path root() {
    return setting("KAZASHI_ROOT").orElse(Path.of("")).toAbsolutePath();
  }

  private static Optional<Path> setting(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank()).map(Path::of);
  }
}
