package jp.kazashi.reader.face;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.opencv.core.Core;
import org.opencv.core.CvException;

/**
 * All networks of a terminal, loaded and tried. They keep what they last saw, so they are used by
 * one at a time and shown nothing in the end.
 */
public final class FaceNetworks {

  private static final double THE_SAME = 0.8;
  private static final double ALL_ALIKE = 0.97;

  private final Detector detector;
  private final Embedder embedder;
  private final List<LivenessNetwork> liveness;
  private final Optional<EyeMesh> mesh;
  private final FaceModel model;

  private FaceNetworks(
      Detector detector,
      Embedder embedder,
      List<LivenessNetwork> liveness,
      Optional<EyeMesh> mesh,
      FaceModel model) {
    this.detector = detector;
    this.embedder = embedder;
    this.liveness = List.copyOf(liveness);
    this.mesh = mesh;
    this.model = model;
  }

  /** What came of loading them. */
  public sealed interface Loading {
    record Loaded(FaceNetworks networks) implements Loading {}

    /**
     * They cannot be used.
     *
     * @param remedies what is missing or wrong, each with what to do about it
     */
    record Failed(List<String> remedies) implements Loading {
      public Failed {
        remedies = List.copyOf(remedies);
      }
    }
  }

  /**
   * After the library was loaded.
   *
   * @param embedder the id of the embedder to use
   */
  public static Loading load(ModelStore store, String embedder) {
    try {
      return load(FaceManifest.in(store.folder()), store, embedder);
    } catch (IOException wrong) {
      return new Loading.Failed(List.of(wrong.getMessage() + " Mend or remove it."));
    }
  }

  static Loading load(FaceManifest manifest, ModelStore store, String embedder) {
    Optional<FaceModel> model =
        manifest.of(FaceModel.Role.EMBEDDER).stream()
            .filter(m -> m.id().equals(embedder))
            .findFirst();
    if (model.isEmpty()) {
      return new Loading.Failed(
          List.of(
              "No embedder is named '"
                  + embedder
                  + "'. Describe it in "
                  + store.folder()
                  + "/"
                  + embedder
                  + ".model.json, or set KAZASHI_FACE_MODEL to another."));
    }
    Parts parts = new Parts(store);
    Optional<Detector> detector =
        manifest.of(FaceModel.Role.DETECTOR).stream()
            .findFirst()
            .flatMap(m -> parts.load(m, Detector::new));
    Optional<Embedder> embedding =
        parts.load(model.get(), onnx -> new Embedder(model.get().asEmbedding(), onnx));
    List<LivenessNetwork> liveness =
        manifest.of(FaceModel.Role.LIVENESS).stream()
            .flatMap(m -> parts.load(m, onnx -> new LivenessNetwork(m.cropped(), onnx)).stream())
            .toList();
    Optional<EyeMesh> mesh =
        manifest.of(FaceModel.Role.MESH).stream()
            .findFirst()
            .flatMap(m -> parts.load(m, EyeMesh::new));
    if (!parts.remedies.isEmpty() || detector.isEmpty() || embedding.isEmpty()) {
      return new Loading.Failed(parts.remedies);
    }
    FaceNetworks networks =
        new FaceNetworks(detector.get(), embedding.get(), liveness, mesh, model.get());
    return networks
        .fault()
        .<Loading>map(
            what -> new Loading.Failed(List.of(model.get().id() + " is broken: " + what + ".")))
        .orElseGet(() -> new Loading.Loaded(networks));
  }

  /** Collects what is wrong, so that all of it is told at once. */
  private static final class Parts {
    private final ModelStore store;
    private final List<String> remedies = new ArrayList<>();

    private Parts(ModelStore store) {
      this.store = store;
    }

    <T> Optional<T> load(FaceModel model, Function<byte[], T> network) {
      switch (store.find(model)) {
        case ModelStore.Finding.Installed(byte[] bytes) -> {
          try {
            return Optional.of(network.apply(bytes));
          } catch (CvException | BrokenModel unusable) {
            remedies.add(model.file() + " cannot be loaded by this OpenCV.");
          } finally {
            Arrays.fill(bytes, (byte) 0);
          }
        }
        case ModelStore.Finding.Missing _ ->
            remedies.add(model.file() + " is not installed: ./kazashi face install --from DIR|URL");
        case ModelStore.Finding.Wrong(String how) ->
            remedies.add(
                model.file() + " is not what it should be (" + how + "): install it again.");
      }
      return Optional.empty();
    }
  }

  /**
   * Runs every network on drawn faces. An embedder that answers alike to everything would match
   * anybody; there have been such.
   */
  private Optional<String> fault() {
    try (Pixels one = DrawnFace.one(0);
        Pixels again = DrawnFace.one(12);
        Pixels other = DrawnFace.other();
        Pixels nothing = DrawnFace.nothing()) {
      if (!detector.find(nothing).isEmpty()) {
        return Optional.of("it finds a face where there is none");
      }
      List<FoundFace> first = detector.find(one);
      List<FoundFace> second = detector.find(other);
      if (first.size() != 1 || second.size() != 1) {
        return Optional.of("the detector does not find a drawn face");
      }
      try (Embedding a = embed(one, first.getFirst());
          Embedding b = embed(again, first.getFirst());
          Embedding c = embed(other, second.getFirst())) {
        if (!a.isFinite() || !b.isFinite() || !c.isFinite()) {
          return Optional.of("its numbers are none");
        }
        if (a.likeness(b) < THE_SAME) {
          return Optional.of("it does not know a face again");
        }
        if (a.likeness(c) > ALL_ALIKE) {
          return Optional.of("it takes two faces for one");
        }
      }
      if (liveness(one, first.getFirst()).networks().stream()
          .anyMatch(share -> !(share >= 0 && share <= 1))) {
        return Optional.of("the liveness network gives no share");
      }
      OptionalDouble eyes = eyes(one, first.getFirst());
      return eyes.isPresent() && !Double.isFinite(eyes.getAsDouble())
          ? Optional.of("the mesh gives no numbers")
          : Optional.empty();
    } catch (CvException | BrokenModel broken) {
      return Optional.of(String.valueOf(broken.getMessage()).lines().findFirst().orElse("?"));
    } finally {
      forget();
    }
  }

  public FaceModel model() {
    return model;
  }

  public boolean seesLiveness() {
    return !liveness.isEmpty();
  }

  List<FoundFace> find(Pixels image) {
    return detector.find(image);
  }

  Pixels aligned(Pixels image, FoundFace face) {
    return embedder.aligned(image, face);
  }

  Embedding embed(Pixels aligned) {
    return embedder.embed(aligned);
  }

  private Embedding embed(Pixels image, FoundFace face) {
    try (Pixels aligned = aligned(image, face)) {
      return embed(aligned);
    }
  }

  /** Why nobody was found, as a hint for whoever stands there. */
  FaceReason whyNobody(Pixels image) {
    return detector.whyNobody(image);
  }

  Liveness.Look liveness(Pixels image, FoundFace face) {
    return new Liveness.Look(
        liveness.stream().map(network -> network.look(image, face)).toList(),
        FrameAround.sides(image, face));
  }

  OptionalDouble eyes(Pixels image, FoundFace face) {
    return mesh.map(m -> OptionalDouble.of(m.openness(image, face)))
        .orElseGet(OptionalDouble::empty);
  }

  /** Networks keep the layers of their last picture: let it be one of nobody. */
  void forget() {
    try (Pixels nothing = DrawnFace.nothing()) {
      detector.find(nothing);
      FoundFace nobody = new FoundFace(60, 80, 120, 160, middle(), 1);
      embed(nothing, nobody).close();
      liveness(nothing, nobody);
      eyes(nothing, nobody);
    }
  }

  private static double[] middle() {
    return new double[] {92, 140, 148, 140, 120, 175, 97, 210, 143, 210};
  }

  /** How many threads one comparison may take. */
  public static void use(int threads) {
    Core.setNumThreads(threads);
  }
}
