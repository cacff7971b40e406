package jp.kazashi.gateway.adapter.ops;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Reads the files of TLS again and again. What is sound and new is taken by everybody at once; what
 * is broken raises an alarm and changes nothing.
 */
public final class PeerTrustReload {
  private static final Logger LOG = Logger.getLogger(PeerTrustReload.class);

  private final TlsFiles files;
  private final InstantSource real;
  private final Alarms alarms;
  private final BooleanSupplier renewListeners;
  private volatile TlsFiles.Contents contents;

  private PeerTrustReload(
      TlsFiles files,
      TlsFiles.Contents first,
      InstantSource real,
      Alarms alarms,
      BooleanSupplier renewListeners) {
    this.files = files;
    this.real = real;
    this.alarms = alarms;
    this.renewListeners = renewListeners;
    this.contents = first;
  }

  /**
   * A node does not start with broken files.
   *
   * @param renewListeners makes the server take the files; false when it could not
   */
  public static PeerTrustReload of(
      TlsFiles files, InstantSource real, Alarms alarms, BooleanSupplier renewListeners)
      throws BrokenTlsFile {
    return new PeerTrustReload(files, files.read(real.instant()), real, alarms, renewListeners);
  }

  public PeerTrust current() {
    return contents.trust();
  }

  /** Names the files in use: the same on all nodes that have the same. */
  String files() {
    return contents.digest();
  }

  /** When our own certificate ends. */
  Instant serverEnds() {
    return contents.serverEnds();
  }

  /** Blocks while it reads. */
  public void look(Consumer<PeerTrust> changed) {
    try {
      TlsFiles.Contents now = files.read(real.instant());
      if (!now.digest().equals(contents.digest())) {
        take(now);
        changed.accept(now.trust());
      }
      alarms.clear(Alarms.Kind.TLS_FILES);
    } catch (BrokenTlsFile broken) {
      alarms.raise(Alarms.Kind.TLS_FILES, String.valueOf(broken.getMessage()));
    } catch (RuntimeException unforeseen) {
      alarms.raise(Alarms.Kind.TLS_FILES, unforeseen.getClass().getSimpleName());
    }
  }

  /** The server reads the files by itself: what it found must be what was looked at. */
  private void take(TlsFiles.Contents now) throws BrokenTlsFile {
    if (!now.listener().equals(contents.listener())) {
      boolean renewed = renewListeners.getAsBoolean();
      if (!renewed || !files.read(real.instant()).listener().equals(now.listener())) {
        throw new BrokenTlsFile("the files changed while they were taken; trying again");
      }
      LOG.infof("event=tls-renewed serverEnds=%s", now.serverEnds());
    }
    contents = now;
    LOG.info("event=tls-trust-renewed");
  }
}
