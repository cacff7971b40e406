package jp.kazashi.consent.pages;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Stands before every page: lets in only requests to this machine by a known name (against DNS
 * rebinding), only changes that come from our own pages (a token bound to a cookie), and sends
 * every answer with headers that keep a browser from fetching or running anything else.
 */
final class Doorkeeper {

  static final String TOKEN_HEADER = "X-Kazashi-Token";

  private static final String CONTENT_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self';"
          + " media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self';"
          + " frame-ancestors 'none'";

  /** Half a year, as browsers ask for; only for names that are not every machine's own. */
  private static final String ONLY_OVER_TLS = "max-age=15552000";

  private static final String ELSEWHERE =
      """
      <!doctype html>
      <html lang="ja"><head><meta charset="utf-8"><title>別のアドレスで開いてください</title></head>
      <body><main><h1>別のアドレスで開いてください</h1>
      <p>この画面は、このアドレスでは開けません。正しいアドレスを管理者に確かめてください。</p>
      <p lang="en">These pages are served under another name. Ask your administrator which.</p></main>
      </body></html>
      """;

  private final String cookieName;
  private final Set<String> hosts;
  private final SecureRandom random;
  private final SecretKeySpec key;

  Doorkeeper(String cookieName, Set<String> hosts, SecureRandom random) {
    this.cookieName = cookieName;
    this.hosts = hosts;
    this.random = random;
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    this.key = new SecretKeySpec(secret, "HmacSHA256");
  }

  /** The first handler of every request. */
  void admit(RoutingContext visit) {
    setHeaders(visit.response());
    Optional<String> name = name(visit.request()).filter(hosts::contains);
    if (name.isEmpty()) {
      visit
          .response()
          .setStatusCode(421)
          .putHeader("Content-Type", "text/html; charset=utf-8")
          .end(ELSEWHERE);
      return;
    }
    // By any of its own names a machine may serve other pages without TLS: the kiosk's, here.
    if (visit.request().isSSL() && !Premises.LOOPBACK.contains(name.get())) {
      visit.response().putHeader("Strict-Transport-Security", ONLY_OVER_TLS);
    }
    if (!visit.request().method().equals(HttpMethod.GET) && !fromOurPage(visit)) {
      turnAway(visit, 403, "This did not come from our own page");
    } else {
      visit.next();
    }
  }

  /** The token that this browser's changes must carry; its cookie is set if it has none. */
  String token(RoutingContext visit) {
    String browser = browser(visit.request());
    if (browser == null) {
      byte[] fresh = new byte[16];
      random.nextBytes(fresh);
      browser = Base64.getUrlEncoder().withoutPadding().encodeToString(fresh);
      visit
          .response()
          .addCookie(
              Cookie.cookie(cookieName, browser)
                  .setHttpOnly(true)
                  .setSecure(visit.request().isSSL())
                  .setSameSite(CookieSameSite.STRICT)
                  .setPath("/"));
    }
    return tokenOf(browser);
  }

  static void turnAway(RoutingContext visit, int status, String why) {
    visit
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "text/plain; charset=utf-8")
        .end(why);
  }

  /** A socket is opened by GET and carries no header of ours: its token is in its address. */
  boolean socketFromOurPage(RoutingContext visit) {
    String origin = visit.request().getHeader("Origin");
    return (visit.request().scheme() + "://" + visit.request().getHeader("Host")).equals(origin)
        && fromOurPage(visit, visit.request().getParam("token"));
  }

  private boolean fromOurPage(RoutingContext visit) {
    return fromOurPage(visit, visit.request().getHeader(TOKEN_HEADER));
  }

  private boolean fromOurPage(RoutingContext visit, @Nullable String token) {
    String browser = browser(visit.request());
    return browser != null
        && token != null
        && MessageDigest.isEqual(
            tokenOf(browser).getBytes(StandardCharsets.US_ASCII),
            token.getBytes(StandardCharsets.US_ASCII));
  }

  private @Nullable String browser(HttpServerRequest request) {
    Cookie cookie = request.getCookie(cookieName);
    return cookie == null || cookie.getValue().isEmpty() ? null : cookie.getValue();
  }

  private String tokenOf(String browser) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      byte[] seal = mac.doFinal(browser.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(seal);
    } catch (GeneralSecurityException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  /** By which the browser asked; it leaves out the port that goes without saying. */
  private static Optional<String> name(HttpServerRequest request) {
    String host = request.getHeader("Host");
    if (host == null) {
      return Optional.empty();
    }
    int port = request.localAddress().port();
    String suffix = ":" + port;
    if (host.endsWith(suffix)) {
      return Optional.of(host.substring(0, host.length() - suffix.length()));
    }
    return port == (request.isSSL() ? 443 : 80) ? Optional.of(host) : Optional.empty();
  }

  private static void setHeaders(HttpServerResponse response) {
    response
        .putHeader("Content-Security-Policy", CONTENT_POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .putHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        .putHeader("Cache-Control", "no-store");
  }
}
