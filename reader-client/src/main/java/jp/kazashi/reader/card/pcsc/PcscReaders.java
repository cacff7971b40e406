package jp.kazashi.reader.card.pcsc;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.smartcardio.CardException;
import javax.smartcardio.CardTerminal;
import javax.smartcardio.TerminalFactory;
import jp.kazashi.reader.card.CardPort;

/**
 * The readers of this machine, or of a simulated world. Which of the two is decided once, at the
 * start, and neither can stand in for the other: the types have different names.
 */
public final class PcscReaders {

  /** A card signs in half a second; a card that needs this long for anything is not one. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final String VIRTUAL_TYPE = "KazashiVirtual";
  private static final String VIRTUAL_PROVIDER =
      "jp.kazashi.simulator.terminal.VirtualTerminalProvider";

  private final TerminalSource source;
  private final Duration patience;

  private PcscReaders(TerminalSource source, Duration patience) {
    this.source = source;
    this.patience = patience;
  }

  /** Real readers. */
  public static PcscReaders system() {
    return new PcscReaders(new SystemTerminals(), PATIENCE);
  }

  /** Whether readers of this machine are found again after their service was restarted. */
  public static boolean survivesRestartOfTheService() {
    return SystemTerminals.canRecover();
  }

  /**
   * The virtual readers of a simulator.
   *
   * @param simulatorJar holds the provider, which is loaded by name, apart from our own classes
   * @param control where the simulator is controlled
   * @throws IllegalArgumentException if that file holds no such provider
   */
  public static PcscReaders virtual(Path simulatorJar, URI control, String token) {
    Provider provider = load(simulatorJar);
    Map<String, String> parameters = Map.of("url", control.toString(), "token", token);
    try {
      return of(TerminalFactory.getInstance(VIRTUAL_TYPE, parameters, provider));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalArgumentException(simulatorJar + " offers no virtual readers.", e);
    }
  }

  /** The terminals of a factory that is at hand. */
  public static PcscReaders of(TerminalFactory factory) {
    return of(factory, PATIENCE);
  }

  static PcscReaders of(TerminalFactory factory, Duration patience) {
    return new PcscReaders(factory::terminals, patience);
  }

  private static Provider load(Path jar) {
    if (!Files.exists(jar)) {
      throw new IllegalArgumentException("There is no card provider at " + jar + ".");
    }
    try {
      URL[] there = {jar.toUri().toURL()};
      // Open as long as the process: the provider's classes are loaded when they are first needed.
      ClassLoader apart = new URLClassLoader(there, ClassLoader.getPlatformClassLoader());
      return (Provider) apart.loadClass(VIRTUAL_PROVIDER).getDeclaredConstructor().newInstance();
    } catch (MalformedURLException | ReflectiveOperationException e) {
      throw new IllegalArgumentException(jar + " holds no card provider.", e);
    }
  }

  /** No reader, or no service, is an empty list. */
  public List<String> names() {
    try {
      return source.terminals().list().stream().map(CardTerminal::getName).toList();
    } catch (CardException e) {
      source.troubled(e);
      return List.of();
    }
  }

  /** Why the readers' service cannot be asked; a service that has no reader answers. */
  public Optional<String> trouble() {
    try {
      source.terminals().list();
      return Optional.empty();
    } catch (CardException e) {
      source.troubled(e);
      return CardTrouble.saysNoReader(e) ? Optional.empty() : Optional.of(CardTrouble.what(e));
    }
  }

  /** Needs not exist yet. */
  public CardPort reader(String name) {
    return new PcscCardPort(new TerminalOwner(source, name, patience));
  }

  /** The first reader at each look. */
  public CardPort firstReader() {
    return new PcscCardPort(new TerminalOwner(source, null, patience));
  }
}
