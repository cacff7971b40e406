package jp.kazashi.simulator.world;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Predicate;

/** Copies folders with owners and modes; where the file system can, without moving bytes. */
final class FolderCopy {
  private FolderCopy() {}

  /**
   * @param wanted asked with the path inside the folder; of an unwanted folder nothing is copied
   */
  static void copy(Path from, Path to, Predicate<Path> wanted) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            if (!folder.equals(from) && !wanted.test(from.relativize(folder))) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Path target = to.resolve(from.relativize(folder));
            if (!Files.isDirectory(target)) {
              Files.copy(folder, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (wanted.test(from.relativize(file))) {
              copyFile(file, to.resolve(from.relativize(file)));
            }
            return FileVisitResult.CONTINUE;
          }

          // A running server removes files while others are copied; its log knows of them.
          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failed) throws IOException {
            if (failed instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failed;
          }
        });
  }

  private static void copyFile(Path file, Path target) throws IOException {
    try {
      Files.copy(
          file, target, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
    } catch (NoSuchFileException gone) {
      // As above.
    }
  }
}
