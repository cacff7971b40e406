package jp.kazashi.reader.face;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds the threshold that pictures of one's own people support, and claims no more than they do.
 * Each folder is a person: the first picture by name is the portrait, the others are live.
 */
public final class CalibrationRun {

  static final double CONFIDENCE = 0.95;
  private static final int FEWEST_GENUINE = 30;
  private static final int STEPS = 200;

  private final FaceNetworks networks;
  private final PortraitDecoder decoder;
  private final int frames;
  private final List<String> unused = new ArrayList<>();

  public CalibrationRun(FaceNetworks networks, PortraitDecoder decoder, int frames) {
    this.networks = networks;
    this.decoder = decoder;
    this.frames = frames;
  }

  /** What the pictures support. */
  public sealed interface Outcome {

    /**
     * A threshold, with the highest rate that is still likely behind it.
     *
     * @param fmrAtMost the Clopper-Pearson bound at 95 %
     */
    record Found(Roc roc, double threshold, double fmrAtMost, List<String> unused)
        implements Outcome {}

    /** The rate cannot be claimed with these pictures. */
    record Refused(String why, Optional<Roc> roc, List<String> unused) implements Outcome {}
  }

  /** A person with the portrait and one fused live face. */
  private record Subject(Embedding portrait, Embedding live) {}

  /**
   * Compares every genuine person with themselves and with every other, and all of the impostors
   * with each other.
   */
  public Outcome run(Path genuine, Path impostor, double fmr) throws IOException {
    List<Subject> own = subjects(genuine);
    boolean sameFolder = Files.isSameFile(genuine, impostor);
    List<Subject> others = sameFolder ? own : subjects(impostor);
    float[] ofOne = new float[own.size()];
    IntStream.range(0, own.size())
        .forEach(i -> ofOne[i] = (float) own.get(i).portrait.likeness(own.get(i).live));
    float[] ofTwo = pairs(others);
    if (ofOne.length == 0 || ofTwo.length == 0) {
      return new Outcome.Refused(
          "There are no pairs: each person needs a folder with a portrait and %d live picture(s)."
              .formatted(frames),
          Optional.empty(),
          unused);
    }
    return judged(new Roc(ofOne, ofTwo), fmr);
  }

  private static float[] pairs(List<Subject> people) {
    float[] likeness = new float[people.size() * Math.max(0, people.size() - 1)];
    int count = 0;
    for (int one = 0; one < people.size(); one++) {
      for (int other = 0; other < people.size(); other++) {
        if (one != other) {
          likeness[count++] = (float) people.get(one).portrait.likeness(people.get(other).live);
        }
      }
    }
    return likeness;
  }

  private Outcome judged(Roc roc, double fmr) {
    return judge(roc, fmr, unused);
  }

  /** The lowest threshold whose bound keeps the rate, if the pairs are enough to say so. */
  static Outcome judge(Roc roc, double fmr, List<String> unused) {
    if (roc.genuine() < FEWEST_GENUINE) {
      return new Outcome.Refused(
          "%d persons are too few to say how often one is refused; %d are needed."
              .formatted(roc.genuine(), FEWEST_GENUINE),
          Optional.of(roc),
          unused);
    }
    double best = ClopperPearson.upper(0, roc.impostors(), CONFIDENCE);
    if (best > fmr) {
      return new Outcome.Refused(
          String.format(
              Locale.ROOT,
              "%,d pairs of two persons support no rate below %.2g, even without a false match;"
                  + " for %.2g at least %,.0f are needed.",
              roc.impostors(),
              best,
              fmr,
              Math.ceil(Math.log(1 - CONFIDENCE) / Math.log1p(-fmr))),
          Optional.of(roc),
          unused);
    }
    int errors = 0;
    while (ClopperPearson.upper(errors + 1, roc.impostors(), CONFIDENCE) <= fmr) {
      errors++;
    }
    double threshold = Math.min(0.999, Math.max(0.001, roc.thresholdFor(errors)));
    return new Outcome.Found(
        roc,
        threshold,
        ClopperPearson.upper(roc.falseMatches(threshold), roc.impostors(), CONFIDENCE),
        unused);
  }

  private List<Subject> subjects(Path folder) throws IOException {
    List<Subject> subjects = new ArrayList<>();
    try (Stream<Path> people = Files.list(folder)) {
      for (Path person : people.filter(Files::isDirectory).sorted().toList()) {
        subject(person).ifPresent(subjects::add);
      }
    }
    return subjects;
  }

  private Optional<Subject> subject(Path person) throws IOException {
    List<Embedding> faces = new ArrayList<>();
    try (Stream<Path> files = Files.list(person)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        if (faces.size() <= frames) {
          embedding(file).ifPresent(faces::add);
        }
      }
    }
    if (faces.size() <= frames) {
      unused.add(person.getFileName() + ": too few pictures with one face");
      return Optional.empty();
    }
    return Optional.of(
        new Subject(faces.getFirst(), Embedding.fused(faces.subList(1, frames + 1))));
  }

  private Optional<Embedding> embedding(Path file) throws IOException {
    if (!(Pictures.decode(Files.readAllBytes(file), decoder)
        instanceof Pixels.Decoding.Decoded(Pixels pixels))) {
      return Optional.empty();
    }
    try (pixels) {
      return QualityGate.choose(networks.find(pixels))
              instanceof QualityGate.Choice.Chosen(FoundFace face)
          ? Optional.of(embed(pixels, face))
          : Optional.empty();
    }
  }

  private Embedding embed(Pixels pixels, FoundFace face) {
    try (Pixels aligned = networks.aligned(pixels, face)) {
      return networks.embed(aligned);
    }
  }

  /** Every threshold with its counts and rates. */
  public static String csv(Roc roc) {
    StringBuilder rows =
        new StringBuilder(
            "threshold,false_matches,impostor_pairs,fmr,fmr_upper_95,false_non_matches,genuine_pairs,fnmr\n");
    for (int step = 0; step <= STEPS; step++) {
      double threshold = (double) step / STEPS;
      rows.append(
          String.format(
              Locale.ROOT,
              "%.3f,%d,%d,%.8f,%.8f,%d,%d,%.6f%n",
              threshold,
              roc.falseMatches(threshold),
              roc.impostors(),
              roc.fmr(threshold),
              ClopperPearson.upper(roc.falseMatches(threshold), roc.impostors(), CONFIDENCE),
              roc.falseNonMatches(threshold),
              roc.genuine(),
              roc.fnmr(threshold)));
    }
    return rows.toString();
  }

  /** False non-matches over false matches, the latter by powers of ten. */
  public static String svg(Roc roc) {
    StringBuilder line = new StringBuilder();
    for (int step = 0; step <= STEPS; step++) {
      double threshold = (double) step / STEPS;
      double x = 700 + 110 * Math.log10(Math.max(roc.fmr(threshold), 1e-6));
      line.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, 420 - 380 * roc.fnmr(threshold)));
    }
    StringBuilder grid = new StringBuilder();
    for (int power = 0; power >= -6; power--) {
      grid.append(
          String.format(
              Locale.ROOT,
              "<line x1=\"%1$d\" y1=\"40\" x2=\"%1$d\" y2=\"420\" stroke=\"#ccc\"/><text x=\"%1$d\""
                  + " y=\"440\" text-anchor=\"middle\">1e%2$d</text>%n",
              700 + 110 * power,
              power));
    }
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 480" font-family="sans-serif" font-size="13" role="img" aria-label="False non-match rate over false match rate">
    <rect width="760" height="480" fill="#fff"/>
    %s<line x1="40" y1="420" x2="700" y2="420" stroke="#1a1a1c"/><line x1="40" y1="40" x2="40" y2="420" stroke="#1a1a1c"/>
    <text x="380" y="468" text-anchor="middle">false match rate (%,d pairs of two persons)</text>
    <text x="44" y="30">false non-match rate, 0 to 1 (%,d pairs of one person)</text>
    <polyline points="%s" fill="none" stroke="#0017c1" stroke-width="2"/>
    </svg>
    """
        .formatted(grid, roc.impostors(), roc.genuine(), line.toString().strip());
  }

  /** A calibration whose id is made of what it says: another threshold or network is another id. */
  public static Calibration calibration(
      FaceModel model,
      Outcome.Found found,
      int frames,
      double fmr,
      Calibration.Profile profile,
      String population) {
    double threshold = Math.ceil(found.threshold() * 1e4) / 1e4;
    String content =
        "%s|%s|%s|%d|%s|%s|%d|%d"
            .formatted(
                model.sha256(),
                population,
                profile,
                frames,
                fmr,
                threshold,
                found.roc().genuine(),
                found.roc().impostors());
    String id =
        "own-" + ModelStore.sha256(content.getBytes(StandardCharsets.UTF_8)).substring(0, 12);
    return new Calibration(id, population, profile, fmr, Map.of(frames, threshold));
  }

  /** As a file beside the models, by which terminals use it. */
  public static String text(FaceModel model, Calibration calibration) throws IOException {
    return FaceManifest.calibrationText(model.id(), calibration);
  }
}
