package jp.kazashi.simulator.world;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import jp.kazashi.simulator.crl.CrlLie;
import jp.kazashi.simulator.crl.CrlPublisher;
import jp.kazashi.simulator.crl.CrlRoute;
import jp.kazashi.simulator.directory.DirectoryLie;
import jp.kazashi.simulator.directory.DirectoryRoute;
import jp.kazashi.simulator.ocsp.OcspLie;
import jp.kazashi.simulator.ocsp.OcspRoute;
import jp.kazashi.simulator.pki.SimulatedJpki;
import jp.kazashi.simulator.pki.TimeStampAuthority;
import jp.kazashi.simulator.tsa.TimeStamper;
import jp.kazashi.simulator.tsa.TsaLie;
import jp.kazashi.simulator.tsa.TsaRoute;
import jp.kazashi.simulator.wire.Manners;

/**
 * What the JPKI tells over HTTP, on this machine only: OCSP, revocation lists, time stamps and the
 * holder directory, each with its manners.
 */
public final class JpkiServer {
  private final Vertx vertx;
  private final Router router;
  private final CrlPublisher publisher;
  private final OcspRoute responder;
  private final Manners<OcspLie> ocsp = new Manners<>(OcspLie.choices());
  private final Manners<CrlLie> crl = new Manners<>(CrlLie.choices());
  private final Manners<TsaLie> tsa = new Manners<>(TsaLie.choices());
  private final Manners<DirectoryLie> directory = new Manners<>(DirectoryLie.choices());

  /**
   * Of one JPKI and its time stamps.
   *
   * @param crlNumber the file that keeps the last CRL number
   */
  public JpkiServer(
      Vertx vertx,
      SimulatedJpki jpki,
      TimeStampAuthority stamps,
      Path crlNumber,
      InstantSource clock,
      SecureRandom random) {
    this.vertx = vertx;
    this.router = Router.router(vertx);
    this.publisher = new CrlPublisher(jpki, crlNumber);
    this.responder = new OcspRoute(vertx, jpki, ocsp, clock, random);
    responder.mount(router);
    new CrlRoute(vertx, jpki, publisher, crl, clock).mount(router);
    new TsaRoute(vertx, new TimeStamper(stamps, random), tsa, clock).mount(router);
    new DirectoryRoute(vertx, jpki, directory).mount(router);
    router.route().failureHandler(JpkiServer::failed);
  }

  /** A server as a world runs it: everything under its home. */
  static JpkiServer of(
      Vertx vertx, WorldHome home, SimulatedJpki jpki, InstantSource clock, SecureRandom random)
      throws IOException {
    return new JpkiServer(
        vertx,
        jpki,
        TimeStampAuthority.open(home.timeStamps(), clock.instant(), random),
        home.jpki().resolve("crl-number"),
        clock,
        random);
  }

  /** Port 0 takes a free one. */
  public Future<HttpServer> listen(int port) {
    return vertx.createHttpServer().requestHandler(router).listen(port, "127.0.0.1");
  }

  private static void failed(RoutingContext request) {
    if (request.failure() != null && !(request.failure() instanceof HttpException)) {
      SimulatorLog.event("fault", Map.of("error", String.valueOf(request.failure())));
    }
    if (!request.response().ended()) {
      request.response().setStatusCode(request.statusCode() < 400 ? 500 : request.statusCode());
      request.response().end();
    }
  }

  /** Each service by its name in the control. */
  public Map<String, Manners<?>> manners() {
    Map<String, Manners<?>> all = new LinkedHashMap<>();
    all.put("ocsp", ocsp);
    all.put("crl", crl);
    all.put("tsa", tsa);
    all.put("directory", directory);
    return all;
  }

  /** New lists and new answers: the world's clock has jumped, or somebody wants them. */
  public void republish() {
    publisher.republish();
    responder.forget();
  }
}
