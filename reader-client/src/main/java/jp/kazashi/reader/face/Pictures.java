package jp.kazashi.reader.face;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/** Compares two picture files; nobody is let through by it, and liveness is not judged. */
public final class Pictures {

  private final FaceNetworks networks;
  private final PortraitDecoder decoder;
  private final Calibration calibration;
  private final FacePolicy policy;
  private final Stopwatch watch;

  public Pictures(
      FaceNetworks networks,
      PortraitDecoder decoder,
      Calibration calibration,
      FacePolicy policy,
      LongSupplier ticks) {
    this.networks = networks;
    this.decoder = decoder;
    this.calibration = calibration;
    this.policy = policy;
    this.watch = new Stopwatch(ticks);
  }

  /**
   * What a comparison gave.
   *
   * @param which the picture that a reason is about
   */
  public record Result(FaceDecision decision, String which, Map<String, Duration> times) {}

  /** Both arrays are wiped. */
  public Result compare(byte[] portrait, byte[] live) {
    return switch (watch.time("decode A", () -> decode(portrait))) {
      case Pixels.Decoding.Refused(FaceReason reason) -> cannotRead(reason, "A");
      case Pixels.Decoding.Decoded(Pixels a) -> {
        try (a) {
          yield switch (watch.time("decode B", () -> decode(live))) {
            case Pixels.Decoding.Refused(FaceReason reason) -> cannotRead(reason, "B");
            case Pixels.Decoding.Decoded(Pixels b) -> {
              try (b) {
                yield compare(a, b);
              }
            }
          };
        }
      }
    };
  }

  private Result compare(Pixels a, Pixels b) {
    OnnxFaceMatcher matcher =
        new OnnxFaceMatcher(networks, decoder, policy, calibration, new SplittableRandom());
    return switch (watch.time("portrait", () -> matcher.enrol(a))) {
      case FaceMatcher.Enrolment.CannotRead(FaceReason reason) -> cannotRead(reason, "A");
      case FaceMatcher.Enrolment.Enrolled(FaceMatcher.Comparison comparison) -> {
        try (comparison) {
          FaceMatcher.Glance glance = watch.time("face", () -> comparison.look(b, 0));
          FaceDecision decision =
              glance instanceof FaceMatcher.Glance.Refused(FaceReason reason)
                  ? new FaceDecision.NotSure(reason)
                  : watch.time("match", comparison::decide);
          yield new Result(decision, "B", watch.times());
        }
      }
    };
  }

  private Result cannotRead(FaceReason reason, String which) {
    return new Result(new FaceDecision.CannotRead(reason), which, watch.times());
  }

  private Pixels.Decoding decode(byte[] file) {
    return decode(file, decoder);
  }

  /** A JPEG or PNG image; no portrait of a card. Wipes the array. */
  public static Pixels.Decoding photograph(byte[] file) {
    return decode(file, none -> new Pixels.Decoding.Refused(FaceReason.NOT_AN_IMAGE));
  }

  /** JPEG and PNG here, JPEG 2000 by the decoder. Wipes the array. */
  static Pixels.Decoding decode(byte[] file, PortraitDecoder decoder) {
    try {
      return switch (ImageHeader.judge(file)) {
        case ImageHeader.Judgement.Refused(FaceReason reason) ->
            new Pixels.Decoding.Refused(reason);
        case ImageHeader.Judgement.Fine(ImageHeader header) ->
            header.kind() == ImageHeader.Kind.JPEG_2000
                ? decoder.decode(file)
                : Pixels.decoded(file);
      };
    } finally {
      Arrays.fill(file, (byte) 0);
    }
  }
}
