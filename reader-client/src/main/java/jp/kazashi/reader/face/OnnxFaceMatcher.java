package jp.kazashi.reader.face;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Compares by networks that an operator installed. */
public final class OnnxFaceMatcher implements FaceMatcher {

  /** Two frames of one person are this much alike, even while the head turns. */
  private static final double SAME_PERSON = 0.5;

  private final FaceNetworks networks;
  private final PortraitDecoder decoder;
  private final FacePolicy policy;
  private final Calibration calibration;
  private final RandomGenerator random;

  public OnnxFaceMatcher(
      FaceNetworks networks,
      PortraitDecoder decoder,
      FacePolicy policy,
      Calibration calibration,
      RandomGenerator random) {
    this.networks = networks;
    this.decoder = decoder;
    this.policy = policy;
    this.calibration = calibration;
    this.random = random;
  }

  @Override
  public Capability capability() {
    return new Capability.Ready(networks.model().id(), calibration.id());
  }

  @Override
  public Enrolment enrol(byte[] portrait) {
    try {
      return switch (decoder.decode(portrait)) {
        case Pixels.Decoding.Decoded(Pixels pixels) -> {
          try (pixels) {
            yield enrol(pixels);
          }
        }
        case Pixels.Decoding.Refused(FaceReason reason) -> new Enrolment.CannotRead(reason);
      };
    } finally {
      Arrays.fill(portrait, (byte) 0);
    }
  }

  /** With a portrait that is decoded already; it stays the caller's. */
  Enrolment enrol(Pixels portrait) {
    synchronized (networks) {
      return switch (QualityGate.choose(networks.find(portrait))) {
        case QualityGate.Choice.Nobody(FaceReason reason) ->
            new Enrolment.CannotRead(orWhyNobody(reason, portrait));
        case QualityGate.Choice.Chosen(FoundFace face) -> {
          try (Pixels aligned = networks.aligned(portrait, face)) {
            Optional<FaceReason> objection =
                portraitGate().objection(FaceMeasure.of(portrait, face, aligned));
            yield objection.isPresent()
                ? new Enrolment.CannotRead(objection.get())
                : new Enrolment.Enrolled(new Attempt(networks.embed(aligned)));
          }
        }
      };
    }
  }

  private FaceReason orWhyNobody(FaceReason reason, Pixels image) {
    return reason == FaceReason.NO_FACE ? networks.whyNobody(image) : reason;
  }

  private QualityGate portraitGate() {
    return comparesPictures() ? QualityGate.PICTURE : QualityGate.PORTRAIT;
  }

  private boolean comparesPictures() {
    return policy.liveness() == FacePolicy.Liveness.NOT_JUDGED;
  }

  private final class Attempt implements Comparison {

    private final Embedding portrait;
    private final List<Embedding> frames = new ArrayList<>();
    private final List<Liveness.Look> liveness = new ArrayList<>();
    private MoveWatch moves = moves();
    private Optional<Embedding> before = Optional.empty();
    private long takenAt;

    private Attempt(Embedding portrait) {
      this.portrait = portrait;
    }

    private MoveWatch moves() {
      return policy.liveness() == FacePolicy.Liveness.ACTIVE
          ? MoveWatch.inRandomOrder(random)
          : new MoveWatch(List.of());
    }

    @Override
    public Glance look(Pixels frame, long ticks) {
      synchronized (networks) {
        return switch (QualityGate.choose(networks.find(frame))) {
          case QualityGate.Choice.Nobody(FaceReason reason) ->
              new Glance.Refused(orWhyNobody(reason, frame));
          case QualityGate.Choice.Chosen(FoundFace face) -> look(frame, face, ticks);
        };
      }
    }

    private Glance look(Pixels frame, FoundFace face, long ticks) {
      try (Pixels aligned = networks.aligned(frame, face)) {
        Embedding seen = networks.embed(aligned);
        if (isSomebodyElse(seen)) {
          seen.close();
          again();
          return new Glance.Refused(FaceReason.OTHER_PERSON);
        }
        if (moves.asks().isPresent()) {
          moves.see(face.yaw(), networks.eyes(frame, face), ticks);
        }
        FaceMeasure measure = FaceMeasure.of(frame, face, aligned);
        return gate()
            .objection(measure)
            .<Glance>map(this::refused)
            .orElseGet(() -> take(frame, face, seen, ticks));
      }
    }

    private QualityGate gate() {
      return comparesPictures() ? QualityGate.PICTURE : QualityGate.LIVE;
    }

    /** Whoever does what the screen asks turns away: then the next thing to do is said. */
    private Glance refused(FaceReason reason) {
      return reason == FaceReason.TURNED_AWAY && moves.asks().isPresent()
          ? new Glance.Asked(moves.asks().get())
          : new Glance.Refused(reason);
    }

    /** From frame to frame, so that nobody takes the place of who made the moves. */
    private boolean isSomebodyElse(Embedding seen) {
      boolean other = before.isPresent() && before.get().likeness(seen) < SAME_PERSON;
      if (!other && before.isPresent() && !frames.contains(before.get())) {
        before.get().close();
      }
      before = other ? before : Optional.of(seen);
      return other;
    }

    private Glance take(Pixels frame, FoundFace face, Embedding seen, long ticks) {
      boolean soon = !frames.isEmpty() && ticks - takenAt < policy.apart().toNanos();
      if (!soon && frames.size() < policy.frames()) {
        if (!comparesPictures()) {
          liveness.add(networks.liveness(frame, face));
        }
        frames.add(seen);
        takenAt = ticks;
        doubt();
      }
      if (moves.asks().isPresent()) {
        return new Glance.Asked(moves.asks().get());
      }
      return frames.size() == policy.frames() ? new Glance.Enough() : new Glance.Taken();
    }

    /** What looks does not settle, moves do. */
    private void doubt() {
      boolean isLast = frames.size() == policy.frames();
      if (isLast
          && policy.liveness() == FacePolicy.Liveness.PASSIVE
          && Liveness.of(liveness) == Liveness.Standing.UNSURE) {
        moves = MoveWatch.inRandomOrder(random);
      }
    }

    @Override
    public FaceDecision decide() {
      synchronized (networks) {
        if (moves.asks().isPresent()) {
          return new FaceDecision.NotSure(FaceReason.CHALLENGE_NOT_FOLLOWED);
        }
        if (frames.size() < policy.frames()) {
          return new FaceDecision.NotSure(FaceReason.TOO_FEW_FRAMES);
        }
        if (!comparesPictures() && Liveness.of(liveness) == Liveness.Standing.PICTURE) {
          return new FaceDecision.NotSure(FaceReason.NOT_LIVE);
        }
        try (Embedding fused = Embedding.fused(frames)) {
          return FaceDecision.of(
              new FaceDecision.Score(
                  portrait.likeness(fused),
                  calibration.threshold(frames.size()),
                  frames.size(),
                  calibration.id()));
        }
      }
    }

    @Override
    public void again() {
      before.filter(seen -> !frames.contains(seen)).ifPresent(Embedding::close);
      before = Optional.empty();
      frames.forEach(Embedding::close);
      frames.clear();
      liveness.clear();
      moves = moves();
    }

    @Override
    public void close() {
      again();
      portrait.close();
      synchronized (networks) {
        networks.forget();
      }
    }
  }
}
