package jp.kazashi.simulator.world;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jp.kazashi.simulator.pki.PrivateFile;

/** {@code world.json}: where everything is and how to get in. Mode 0600, there whole or not. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorldFile(
    int version,
    Map<String, String> addresses,
    String institution,
    Map<String, Long> processes,
    Exchange exchange,
    List<StaffLogin> staff,
    String control,
    Map<String, KeyStoreFiles> keyStores,
    TrustFiles trust) {
  public static final int VERSION = 1;

  public WorldFile {
    if (version != VERSION) {
      throw new IllegalArgumentException("version " + version + " is not known");
    }
    addresses = Map.copyOf(addresses);
    processes = Map.copyOf(processes);
    staff = List.copyOf(staff);
    keyStores = Map.copyOf(keyStores);
    if (control.isBlank()) {
      throw new IllegalArgumentException("no control token");
    }
  }

  /** The folders shared with the receipt computer. */
  public record Exchange(String req, String res, String face) {}

  /** A demo account of the institution: CLERK, MEDICAL_VIEWER or ADMINISTRATOR. */
  public record StaffLogin(String login, String name, String role, String password) {
    /** As it is printed where a world starts. */
    @Override
    public String toString() {
      return login + " / " + password + " (" + role + ")";
    }
  }

  /** One role's key, as PKCS#12 and as PEM. */
  public record KeyStoreFiles(String pkcs12, String password, String certificate, String key) {}

  /** The authority behind every server and client certificate of the world. */
  public record TrustFiles(String certificate, String pkcs12, String password) {}

  /** What reading found. */
  public sealed interface Reading {}

  public record Found(WorldFile world) implements Reading {}

  public record Missing() implements Reading {}

  public record Unreadable(String why) implements Reading {}

  static Reading read(Path file) {
    try {
      String text = Files.readString(file);
      return Json.tree(text).isObject()
          ? new Found(Json.read(text, WorldFile.class))
          : new Unreadable("it holds no world");
    } catch (NoSuchFileException none) {
      return new Missing();
    } catch (JsonProcessingException half) {
      return new Unreadable("it is half-written or damaged");
    } catch (IOException | IllegalArgumentException | NullPointerException strange) {
      return new Unreadable(String.valueOf(strange.getMessage()));
    }
  }

  void write(Path file) throws IOException {
    PrivateFile.write(file, Json.pretty(this) + "\n");
  }

  WorldFile withProcesses(Map<String, Long> now) {
    return new WorldFile(
        version, addresses, institution, now, exchange, staff, control, keyStores, trust);
  }
}
