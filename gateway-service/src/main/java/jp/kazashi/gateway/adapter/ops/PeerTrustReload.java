package jp.kazashi.gateway.adapter.ops;

import java.time.Instant;
import java.time.InstantSource;
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
  private final Runnable renewListeners;
  private volatile TlsFiles.Contents contents;

  private PeerTrustReload(
      TlsFiles files,
      TlsFiles.Contents first,
      InstantSource real,
      Alarms alarms,
      Runnable renewListeners) {
    this.files = files;
    this.real = real;
    this.alarms = alarms;
    this.renewListeners = renewListeners;
    this.contents = first;
  }

  /**
   * A node does not start with broken files.
   *
   * @param renewListeners makes the server take the files
   */
  public static PeerTrustReload of(
      TlsFiles files, InstantSource real, Alarms alarms, Runnable renewListeners)
      throws BrokenTlsFile {
    return new PeerTrustReload(files, files.read(real.instant()), real, alarms, renewListeners);
  }

  public PeerTrust current() {
    return contents.trust();
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
        contents = now;
        renewListeners.run();
        changed.accept(now.trust());
        LOG.infof("event=tls-reloaded serverEnds=%s", now.serverEnds());
      }
      alarms.clear(Alarms.Kind.TLS_FILES);
    } catch (BrokenTlsFile broken) {
      alarms.raise(Alarms.Kind.TLS_FILES, String.valueOf(broken.getMessage()));
    }
  }
}
