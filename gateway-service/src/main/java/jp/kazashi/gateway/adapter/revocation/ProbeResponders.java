package jp.kazashi.gateway.adapter.revocation;

import java.math.BigInteger;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;
import jp.kazashi.jpki.certificate.CertId;
import jp.kazashi.jpki.certificate.HashAlgorithm;
import jp.kazashi.jpki.certificate.ParsedCertificate;

/**
 * Asks those that are taken for dead again, once their rest is over, so that no patient has to: a
 * node without visitors finds out too. The question is about a number that nobody has.
 */
public final class ProbeResponders {
  private static final int SERIAL_BYTES = 15;

  private final Map<URI, ParsedCertificate> sources;
  private final Responders responders;
  private final AskResponder exchange;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * Asks nobody yet.
   *
   * @param sources each responder with an authority that it answers for
   */
  public ProbeResponders(
      Map<URI, ParsedCertificate> sources,
      Responders responders,
      AskResponder exchange,
      InstantSource clock,
      RandomGenerator random) {
    this.sources = Map.copyOf(sources);
    this.responders = responders;
    this.exchange = exchange;
    this.clock = clock;
    this.random = random;
  }

  public void look() {
    sources.forEach((source, authority) -> {
      if (responders.isDead(source) && responders.mayAsk(source)) {
        exchange.ask(source, nobody(authority), clock.instant()).subscribe().with(noted -> {});
      }
    });
  }

  private CertId nobody(ParsedCertificate authority) {
    byte[] serial = new byte[SERIAL_BYTES];
    random.nextBytes(serial);
    return new CertId(
        HashAlgorithm.SHA256,
        HashAlgorithm.SHA256.hash(authority.subject().der().toArray()),
        authority.keyHash(HashAlgorithm.SHA256),
        new BigInteger(1, serial));
  }
}
