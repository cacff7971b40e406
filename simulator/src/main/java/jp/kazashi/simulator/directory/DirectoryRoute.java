package jp.kazashi.simulator.directory;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import jp.kazashi.simulator.directory.HolderDirectory.Listed;
import jp.kazashi.simulator.directory.HolderDirectory.Predecessor;
import jp.kazashi.simulator.pki.CertificateNumber;
import jp.kazashi.simulator.pki.IssuerIndex;
import jp.kazashi.simulator.pki.IssuerIndex.Hash;
import jp.kazashi.simulator.pki.IssuerIndex.Hashes;
import jp.kazashi.simulator.pki.SimulatedJpki;
import jp.kazashi.simulator.wire.Behaviour;
import jp.kazashi.simulator.wire.Garbage;
import jp.kazashi.simulator.wire.Manners;
import jp.kazashi.simulator.wire.Wire;

/**
 * The directory over HTTP: a certificate's full identity as OCSP writes it goes in, by POST so that
 * no log of addresses ever holds it; the person's code and the predecessors come out.
 */
public final class DirectoryRoute {
  private static final int LARGEST_QUESTION = 4 * 1024;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;

  private final SimulatedJpki jpki;
  private final HolderDirectory directory;
  private final IssuerIndex issuers;
  private final Manners<DirectoryLie> manners;
  private final Wire wire;

  public DirectoryRoute(Vertx vertx, SimulatedJpki jpki, Manners<DirectoryLie> manners) {
    this.jpki = jpki;
    this.directory = new HolderDirectory(jpki);
    this.issuers = new IssuerIndex(jpki);
    this.manners = manners;
    this.wire = new Wire(vertx);
  }

  public void mount(Router router) {
    router
        .post("/directory/holders")
        .handler(BodyHandler.create(false).setBodyLimit(LARGEST_QUESTION))
        .handler(this::post);
  }

  /** What was asked, as far as it can be understood. */
  private sealed interface Question {
    record About(CertificateNumber certificate) implements Question {}

    /** Of an authority that is none of the JPKI. */
    record Elsewhere() implements Question {}

    record Unreadable() implements Question {}
  }

  private void post(RoutingContext request) {
    Behaviour<DirectoryLie> behaviour = manners.next();
    Question question = read(Optional.ofNullable(request.body().asString()).orElse(""));
    Optional<Listed> listed =
        question instanceof Question.About(var certificate)
                && !(behaviour.lie().orElse(null) instanceof DirectoryLie.KnowsNobody)
            ? directory.find(certificate)
            : Optional.empty();
    byte[] honest =
        listed
            .map(this::json)
            .orElseGet(() ->
                new JsonObject()
                    .put(
                        "error",
                        question instanceof Question.Unreadable
                            ? "The body needs hashAlgorithm (SHA-1 or SHA-256), issuerNameHash,"
                                + " issuerKeyHash and serial, the last three in hexadecimal."
                            : "Nobody is listed for this certificate."))
            .encode()
            .getBytes(StandardCharsets.UTF_8);
    byte[] body = behaviour.lie().isEmpty() ? honest : lying(honest, behaviour.lie().get());
    request
        .response()
        .setStatusCode(
            listed.isPresent()
                ? 200
                : question instanceof Question.Unreadable ? BAD_REQUEST : NOT_FOUND)
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store");
    wire.send(request.response(), body, behaviour.delivery());
  }

  private static byte[] lying(byte[] honest, DirectoryLie lie) {
    return switch (lie) {
      case DirectoryLie.KnowsNobody() -> honest;
      case DirectoryLie.NoJson() -> Garbage.page();
      case DirectoryLie.HalfOfIt() -> Garbage.half(honest);
    };
  }

  private Question read(String body) {
    try {
      JsonObject asked = new JsonObject(body);
      Hash hash = Hash.named(asked.getString("hashAlgorithm")).orElseThrow();
      byte[] name = HexFormat.of().parseHex(asked.getString("issuerNameHash"));
      byte[] key = HexFormat.of().parseHex(asked.getString("issuerKeyHash"));
      BigInteger serial = new BigInteger(asked.getString("serial"), 16);
      return issuers
          .find(hash, name, key)
          .<Question>map(issuer -> new Question.About(new CertificateNumber(issuer, serial)))
          .orElseGet(Question.Elsewhere::new);
    } catch (RuntimeException unreadable) {
      // Whatever a stranger sends is answered with 400.
      return new Question.Unreadable();
    }
  }

  private JsonObject json(Listed listed) {
    JsonArray predecessors = new JsonArray();
    listed.predecessors().forEach(each -> predecessors.add(json(each)));
    return new JsonObject()
        .put("personCode", listed.personCode())
        .put("predecessors", predecessors);
  }

  private JsonObject json(Predecessor predecessor) {
    CertificateNumber certificate = predecessor.certificate();
    Hashes hashes = issuers.hashes(certificate.issuer(), Hash.SHA256);
    JsonObject json =
        new JsonObject()
            .put("relation", predecessor.relation().name())
            .put("hashAlgorithm", Hash.SHA256.word())
            .put("issuerNameHash", HexFormat.of().formatHex(hashes.name()))
            .put("issuerKeyHash", HexFormat.of().formatHex(hashes.key()))
            .put("serial", certificate.serial().toString(16))
            .put(
                "issuer",
                Base64.getEncoder()
                    .encodeToString(
                        jpki.authority(certificate.issuer())
                            .certificate()
                            .getSubjectX500Principal()
                            .getEncoded()));
    predecessor.ends().ifPresent(ends -> json.put("endsAt", ends.toString()));
    return json;
  }
}
