package jp.kazashi.reader.face;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import nu.pattern.OpenCV;

/**
 * OpenCV, taken out of its jar once and kept beside the models. (The jar's own loader writes 65 MB
 * into the folder for temporary files at every start.)
 */
public final class NativeLibrary {

  private static final String VERSION = "4.9.0-0";

  private NativeLibrary() {}

  /** What came of loading it. */
  public sealed interface Loading {
    record Loaded() implements Loading {}

    record Failed(String why) implements Loading {}
  }

  /**
   * Takes some tenths of a second, so call it beside the start of other things. Calling it again
   * costs nothing.
   *
   * @param folder where the library is kept
   */
  @SuppressWarnings(
      "restricted") // its code comes from the jar, and runs with this process's rights
  public static Loading load(Path folder) {
    try {
      Optional<String> inside = pathInJar();
      if (inside.isEmpty()) {
        return new Loading.Failed(
            "OpenCV is not built for %s on %s"
                .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
      }
      System.load(unpacked(inside.get(), folder).toAbsolutePath().toString());
      return new Loading.Loaded();
    } catch (IOException | UnsatisfiedLinkError | NoClassDefFoundError trouble) {
      return new Loading.Failed("OpenCV cannot be loaded: " + trouble.getMessage());
    }
  }

  private static Path unpacked(String inside, Path folder) throws IOException {
    Path file =
        folder.resolve("opencv-" + VERSION).resolve(inside.substring(inside.lastIndexOf('/') + 1));
    var packed = OpenCV.class.getResource("/" + inside);
    if (packed == null) {
      throw new IOException(inside + " is missing in its jar");
    }
    var connection = packed.openConnection();
    connection.setUseCaches(false);
    try (InputStream in = connection.getInputStream()) {
      long size = connection.getContentLengthLong();
      if (!Files.exists(file) || Files.size(file) != size) {
        Files.createDirectories(file.getParent());
        Path part = Files.createTempFile(file.getParent(), "unpacking", ".part");
        Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    return file;
  }

  private static Optional<String> pathInJar() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    boolean arm = System.getProperty("os.arch").matches("aarch64|arm64");
    String processor = arm ? "ARMv8" : "x86_64";
    if (!arm && !System.getProperty("os.arch").matches("amd64|x86_64")) {
      return Optional.empty();
    }
    if (system.startsWith("windows")) {
      return arm ? Optional.empty() : Optional.of(path("windows", processor, "opencv_java490.dll"));
    }
    if (system.startsWith("mac")) {
      return Optional.of(path("osx", processor, "libopencv_java490.dylib"));
    }
    return system.startsWith("linux")
        ? Optional.of(path("linux", processor, "libopencv_java490.so"))
        : Optional.empty();
  }

  private static String path(String system, String processor, String file) {
    return "nu/pattern/opencv/" + system + "/" + processor + "/" + file;
  }
}
