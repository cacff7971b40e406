package jp.kazashi.reader.face;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Networks and photographs that are no part of the product; without them tests are skipped. */
final class SharedFaces {

  static final Path MODELS = shared("models");
  static final Path PHOTOGRAPHS = shared("vectors").resolve("faces");

  private SharedFaces() {}

  private static Path shared(String folder) {
    return Path.of(System.getProperty("kazashi.root", ".."))
        .resolve("../shared")
        .resolve(folder)
        .normalize();
  }

  /** OpenCV, for tests that need no network. */
  static Path library() {
    Path folder = Path.of("target", "native");
    if (NativeLibrary.load(folder) instanceof NativeLibrary.Loading.Failed(String why)) {
      throw new IllegalStateException(why);
    }
    return folder;
  }

  static FaceNetworks networks() {
    assumeTrue(Files.exists(MODELS) && Files.exists(PHOTOGRAPHS), "no networks here");
    library();
    return switch (FaceNetworks.load(new ModelStore(MODELS), Terms.USUAL_EMBEDDER)) {
      case FaceNetworks.Loading.Loaded(FaceNetworks networks) -> networks;
      case FaceNetworks.Loading.Failed failed -> throw new IllegalStateException(failed.toString());
    };
  }

  static byte[] photograph(String name) {
    try {
      return Files.readAllBytes(PHOTOGRAPHS.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Pixels pixels(String name) {
    return ((Pixels.Decoding.Decoded) Pixels.decoded(photograph(name))).pixels();
  }
}
