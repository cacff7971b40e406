package jp.kazashi.reader.face;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.opencv.core.Core;
import org.opencv.core.Mat;

/** Runs the networks on pictures for measurements: without gates, and of nobody at a counter. */
public final class FaceProbe {

  private final FaceNetworks networks;

  public FaceProbe(FaceNetworks networks) {
    this.networks = networks;
  }

  /** The face in the middle of a picture, whom it is named after; empty if there is none. */
  public Optional<Embedding> embedding(byte[] picture) {
    return Pixels.decoded(picture) instanceof Pixels.Decoding.Decoded(Pixels pixels)
        ? embedding(pixels)
        : Optional.empty();
  }

  /** The same face as a card would carry it: framed, grey, compressed, and decoded again. */
  public Optional<Embedding> onCard(byte[] picture) {
    if (!(Pixels.decoded(picture) instanceof Pixels.Decoding.Decoded(Pixels pixels))) {
      return Optional.empty();
    }
    try (pixels) {
      List<FoundFace> faces = networks.find(pixels);
      return faces.isEmpty()
          ? Optional.empty()
          : embedding(CardPortrait.of(pixels, central(faces, pixels)));
    }
  }

  /** The same face as a card would carry it, in its file's form. */
  public Optional<byte[]> cardOf(byte[] picture) {
    if (!(Pixels.decoded(picture) instanceof Pixels.Decoding.Decoded(Pixels pixels))) {
      return Optional.empty();
    }
    try (pixels) {
      return CardPortrait.of(pixels, networks);
    }
  }

  /** A portrait decoded in this process, which no terminal does. */
  public Duration decodingHere(byte[] portrait, LongSupplier ticks) {
    long begun = ticks.getAsLong();
    if (Pixels.decoded(portrait) instanceof Pixels.Decoding.Decoded(Pixels pixels)) {
      pixels.close();
    }
    return Duration.ofNanos(ticks.getAsLong() - begun);
  }

  private Optional<Embedding> embedding(Pixels pixels) {
    try (pixels) {
      List<FoundFace> faces = networks.find(pixels);
      if (faces.isEmpty()) {
        return Optional.empty();
      }
      try (Pixels aligned = networks.aligned(pixels, central(faces, pixels))) {
        return Optional.of(networks.embed(aligned));
      }
    }
  }

  private static FoundFace central(List<FoundFace> faces, Pixels in) {
    return faces.stream()
        .min(
            Comparator.comparingDouble(face ->
                Math.hypot(face.centreX() - in.width() / 2.0, face.centreY() - in.height() / 2.0)))
        .orElseThrow();
  }

  /** The likeness of each of one list with each of another. */
  public static float[][] likenesses(List<Embedding> rows, List<Embedding> columns) {
    Mat left = stacked(rows);
    Mat right = stacked(columns);
    Mat all = new Mat();
    Core.gemm(left, right, 1, new Mat(), 0, all, Core.GEMM_2_T);
    float[][] likenesses = new float[rows.size()][columns.size()];
    for (int row = 0; row < rows.size(); row++) {
      all.get(row, 0, likenesses[row]);
    }
    left.release();
    right.release();
    all.release();
    return likenesses;
  }

  private static Mat stacked(List<Embedding> embeddings) {
    Mat stacked = new Mat();
    Core.vconcat(embeddings.stream().map(Embedding::unit).toList(), stacked);
    return stacked;
  }

  /** Each stage of looking at one live frame, brought to 640 by 480 points before, once. */
  public SequencedMap<String, Duration> stages(byte[] picture, LongSupplier ticks) {
    Stopwatch watch = new Stopwatch(ticks);
    if (Pixels.decoded(picture) instanceof Pixels.Decoding.Decoded(Pixels pixels)) {
      try (pixels;
          Pixels frame = pixels.stretchedTo(640, 480)) {
        List<FoundFace> faces = watch.time("detect 640x480", () -> networks.find(frame));
        if (!faces.isEmpty()) {
          stages(frame, faces.getFirst(), watch);
        }
      }
    }
    return watch.times();
  }

  private void stages(Pixels frame, FoundFace face, Stopwatch watch) {
    try (Pixels aligned = watch.time("align", () -> networks.aligned(frame, face))) {
      watch.time("measure quality", () -> FaceMeasure.of(frame, face, aligned));
      try (Embedding one = watch.time("embed", () -> networks.embed(aligned))) {
        watch.time("match", () -> one.likeness(one));
      }
    }
    watch.time("liveness and edges", () -> networks.liveness(frame, face));
    watch.time("eyes", () -> networks.eyes(frame, face));
  }

  /**
   * How alive the face of a picture looks.
   *
   * @param networks from 0, a picture, to 1, a living face, by each network
   * @param sides of the face with an edge as of a sheet or a screen
   * @param standing PICTURE is refused, UNSURE has to move, ALIVE need not
   */
  public record Looks(List<Double> networks, int sides, String standing) {}

  /** Of the face in the middle, if there is one. */
  public Optional<Looks> liveness(byte[] picture) {
    if (!(Pixels.decoded(picture) instanceof Pixels.Decoding.Decoded(Pixels pixels))) {
      return Optional.empty();
    }
    try (pixels) {
      return liveness(pixels);
    }
  }

  /** The same picture as a tablet shows it that somebody holds up, drawn in eight ways. */
  public List<Looks> onScreens(byte[] picture) {
    List<Looks> looks = new ArrayList<>();
    if (Pixels.decoded(picture) instanceof Pixels.Decoding.Decoded(Pixels pixels)) {
      try (pixels) {
        for (DrawnScreen screen : DrawnScreen.ALL) {
          try (Pixels shown = screen.showing(pixels)) {
            liveness(shown).ifPresent(looks::add);
          }
        }
      }
    }
    return looks;
  }

  private Optional<Looks> liveness(Pixels pixels) {
    List<FoundFace> faces = networks.find(pixels);
    if (faces.isEmpty()) {
      return Optional.empty();
    }
    Liveness.Look look = networks.liveness(pixels, central(faces, pixels));
    return Optional.of(new Looks(look.networks(), look.sides(), Liveness.of(List.of(look)).name()));
  }

  /** Three live frames after they were captured: looked at, fused and decided. */
  public Duration threeFrames(
      byte[] portrait, byte[] picture, FacePolicy policy, Calibration by, LongSupplier ticks) {
    OnnxFaceMatcher matcher =
        new OnnxFaceMatcher(
            networks,
            none -> new Pixels.Decoding.Refused(FaceReason.NOT_AN_IMAGE),
            policy,
            by,
            new SplittableRandom());
    if (Pixels.decoded(portrait) instanceof Pixels.Decoding.Decoded(Pixels a)
        && Pixels.decoded(picture) instanceof Pixels.Decoding.Decoded(Pixels b)) {
      try (a;
          b;
          Pixels frame = b.stretchedTo(640, 480)) {
        if (matcher.enrol(a) instanceof FaceMatcher.Enrolment.Enrolled(var comparison)) {
          try (comparison) {
            long begun = ticks.getAsLong();
            for (int i = 0; i < policy.frames(); i++) {
              comparison.look(frame, i * policy.apart().toNanos());
            }
            FaceDecision decision = comparison.decide();
            Duration took = Duration.ofNanos(ticks.getAsLong() - begun);
            // Frames that a gate refused cost less.
            return decision.equals(new FaceDecision.NotSure(FaceReason.TOO_FEW_FRAMES))
                ? Duration.ZERO
                : took;
          }
        }
      }
    }
    return Duration.ZERO;
  }
}
