package jp.kazashi.qualification.store.reactive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import jp.kazashi.qualification.feed.CodeNames;

/** Takes in one file of claims, and tells of every piece. */
public final class IntakeProcess {
  private IntakeProcess() {}

  public static void main(String[] arguments) throws IOException {
    try (InputStream body = Files.newInputStream(Path.of(arguments[1]))) {
      new IntakeInDatabase(
              RealDatabase.Running.sessions(arguments[0]),
              new SecureRandom(),
              (issuer, serial) -> Counter.link(serial),
              CodeNames.small())
          .take(
              Counter.claims("killed"),
              body,
              progress -> {
                System.out.println("piece " + progress.accepted());
                System.out.flush();
              });
    }
    System.exit(0);
  }
}
