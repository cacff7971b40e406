package jp.kazashi.consent.pages;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The few files a page needs, read once; there is no folder to walk in. */
final class StaticFiles {

  private StaticFiles() {}

  /** Serves each of these names under {@code /static/}. */
  static void mount(Router router, String... names) {
    for (String name : names) {
      StaticFile file = StaticFile.read(name);
      router.get("/static/" + name).handler(file::serve);
    }
  }

  private record StaticFile(Buffer bytes, String type, String digest) {

    static StaticFile read(String name) {
      try (InputStream file = StaticFiles.class.getResourceAsStream("static/" + name)) {
        if (file == null) {
          throw new IllegalStateException("There is no static file " + name);
        }
        byte[] bytes = file.readAllBytes();
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
        return new StaticFile(
            Buffer.buffer(bytes), type(name), '"' + HexFormat.of().formatHex(digest, 0, 16) + '"');
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      } catch (NoSuchAlgorithmException everyJavaHasIt) {
        throw new IllegalStateException(everyJavaHasIt);
      }
    }

    void serve(RoutingContext visit) {
      visit.response().putHeader("Cache-Control", "no-cache").putHeader("ETag", digest);
      if (digest.equals(visit.request().getHeader("If-None-Match"))) {
        visit.response().setStatusCode(304).end();
      } else {
        visit.response().putHeader("Content-Type", type).end(bytes);
      }
    }

    private static String type(String name) {
      return switch (name.substring(name.lastIndexOf('.') + 1)) {
        case "css" -> "text/css; charset=utf-8";
        case "js" -> "text/javascript; charset=utf-8";
        case "svg" -> "image/svg+xml";
        default -> throw new IllegalArgumentException("What kind of file is " + name + "?");
      };
    }
  }
}
