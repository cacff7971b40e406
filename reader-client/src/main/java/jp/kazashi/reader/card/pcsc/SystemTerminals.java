package jp.kazashi.reader.card.pcsc;

import java.lang.reflect.Field;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import javax.smartcardio.CardException;
import javax.smartcardio.CardTerminals;
import javax.smartcardio.TerminalFactory;

/**
 * The readers of this machine. The Java platform keeps one connection to the smart card service for
 * the life of the process; when the service has been restarted that connection is dead, and every
 * terminal of it. It is thrown away here, so that the platform makes a new one (ADR 0010).
 */
final class SystemTerminals implements TerminalSource {

  private static final System.Logger LOG = System.getLogger(SystemTerminals.class.getName());

  static final String OPENING = "--add-opens java.smartcardio/sun.security.smartcardio=ALL-UNNAMED";

  private static final String TYPE = "PC/SC";
  private static final String PLATFORM_TERMINALS = "sun.security.smartcardio.PCSCTerminals";

  /** A dead connection says different things: once that it broke, then that nobody is there. */
  private static final Set<String> SERVICE_LOST =
      Set.of(
          "SCARD_E_NO_SERVICE",
          "SCARD_E_SERVICE_STOPPED",
          "SCARD_F_COMM_ERROR",
          "SCARD_E_INVALID_HANDLE",
          "SCARD_E_SYSTEM_CANCELLED");

  /** Several readers notice one restart: once is enough for all. */
  private static final Duration QUIET = Duration.ofMillis(100);

  private long renewedAt = System.nanoTime() - QUIET.toNanos();
  private boolean told;

  /** Never the default factory: it becomes "None" for good when the service is away at first. */
  @Override
  public CardTerminals terminals() throws CardException {
    try {
      return TerminalFactory.getInstance(TYPE, null).terminals();
    } catch (NoSuchAlgorithmException e) {
      throw new CardException("The smart card service is not running.", e);
    }
  }

  @Override
  public void troubled(CardException trouble) {
    if (CardTrouble.says(trouble, SERVICE_LOST)) {
      renew();
    }
  }

  @Override
  public void stuck() {
    renew();
  }

  private synchronized void renew() {
    long now = System.nanoTime();
    if (now - renewedAt < QUIET.toNanos()) {
      return;
    }
    renewedAt = now;
    try {
      forgetConnection();
    } catch (ReflectiveOperationException | RuntimeException e) {
      tellOnce(e);
    }
  }

  /** Whether this process would survive a restart of the service. */
  static boolean canRecover() {
    try {
      Class<?> platform = Class.forName(PLATFORM_TERMINALS);
      return platform.getDeclaredField("contextId").trySetAccessible()
          && platform.getDeclaredField("terminals").trySetAccessible();
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /** The next factory that is asked for opens a new connection, and its terminals belong to it. */
  private static void forgetConnection() throws ReflectiveOperationException {
    Class<?> platform = Class.forName(PLATFORM_TERMINALS);
    Field connection = platform.getDeclaredField("contextId");
    Field terminals = platform.getDeclaredField("terminals");
    connection.setAccessible(true);
    terminals.setAccessible(true);
    // The platform guards both by its own class.
    synchronized (platform) {
      connection.setLong(null, 0);
      ((Map<?, ?>) terminals.get(null)).clear();
    }
  }

  private void tellOnce(Exception e) {
    if (!told) {
      told = true;
      LOG.log(
          System.Logger.Level.ERROR,
          "This process cannot survive a restart of the smart card service: start it with "
              + OPENING,
          e);
    }
  }
}
