package jp.kazashi.gateway.adapter.rest;

import io.vertx.core.http.HttpConnection;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLPeerUnverifiedException;
import jp.kazashi.gateway.adapter.ops.PeerTrust;
import jp.kazashi.gateway.adapter.ops.PeerTrust.Standing;
import org.jboss.logging.Logger;

/** Who is connected now: so that whoever loses access loses it also in the middle of a stream. */
public final class OpenConnections {
  private static final Logger LOG = Logger.getLogger(OpenConnections.class);

  private final Map<HttpConnection, Peer> open = new ConcurrentHashMap<>();

  /** The peer of a connection; nothing without a client certificate. */
  Optional<Peer> peerOf(HttpConnection connection, PeerTrust trust) {
    Peer known = open.get(connection);
    return known == null ? arrive(connection, trust) : Optional.of(known);
  }

  private Optional<Peer> arrive(HttpConnection connection, PeerTrust trust) {
    try {
      List<Certificate> chain = connection.peerCertificates();
      if (chain != null && chain.getFirst() instanceof X509Certificate certificate) {
        Peer peer = new Peer(certificate, trust);
        open.put(connection, peer);
        connection.closeHandler(closed -> open.remove(connection));
        return Optional.of(peer);
      }
      return Optional.empty();
    } catch (SSLPeerUnverifiedException nobody) {
      return Optional.empty();
    }
  }

  /** Ends the connections of those who do not stand well under a new trust. */
  public void judgeAll(PeerTrust trust, Instant realNow) {
    open.forEach((connection, peer) -> {
      Standing standing = peer.standing(trust, realNow);
      // While nobody can be told, each request says so by itself; nobody is thrown out for it.
      if (standing != Standing.GOOD && standing != Standing.UNKNOWN) {
        LOG.infof("event=connection-ended standing=%s", standing);
        connection.close();
      }
    });
  }

  int count() {
    return open.size();
  }
}
