package jp.kazashi.reader.face;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The folder where an operator installed networks. A file is its bytes, hashed, or nothing. */
public record ModelStore(Path folder) {

  /** What is there under a model's name. */
  public sealed interface Finding {

    /** The very bytes whose hash was right. */
    @SuppressWarnings("ArrayRecordComponent") // wiped by who loads it
    record Installed(byte[] bytes) implements Finding {
      @Override
      public String toString() {
        return "Installed[" + bytes.length + " bytes]";
      }
    }

    record Missing() implements Finding {}

    record Wrong(String how) implements Finding {}
  }

  public Finding find(FaceModel model) {
    Path file = folder.resolve(model.file());
    try {
      if (!Files.exists(file)) {
        return new Finding.Missing();
      }
      if (Files.size(file) != model.bytes()) {
        return new Finding.Wrong(sizes(model, Files.size(file)));
      }
      try (InputStream in = Files.newInputStream(file)) {
        return judged(model, in.readNBytes(Math.toIntExact(model.bytes() + 1)));
      }
    } catch (IOException unreadable) {
      return new Finding.Wrong("it cannot be read: " + unreadable.getMessage());
    }
  }

  static Finding judged(FaceModel model, byte[] bytes) {
    if (bytes.length != model.bytes()) {
      return new Finding.Wrong(sizes(model, bytes.length));
    }
    String sha256 = sha256(bytes);
    return sha256.equals(model.sha256())
        ? new Finding.Installed(bytes)
        : new Finding.Wrong("its SHA-256 is " + sha256 + " and should be " + model.sha256());
  }

  private static String sizes(FaceModel model, long size) {
    return "it has " + size + " bytes and should have " + model.bytes();
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
