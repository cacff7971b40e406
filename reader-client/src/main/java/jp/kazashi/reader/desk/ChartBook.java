package jp.kazashi.reader.desk;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import jp.kazashi.consent.Arrival;
import jp.kazashi.consent.desk.WrittenDay;
import jp.kazashi.reader.link.PrivateFile;
import jp.kazashi.reader.link.WireJson;

/**
 * Which chart belongs to whom, by kana and date of birth. Neither is kept: only a keyed digest of
 * both stands beside the chart number, enough to find a chart and no more.
 */
final class ChartBook {

  private static final int KEY_BYTES = 32;
  private static final int MOST = 500_000;

  private final Optional<Path> file;
  private final SecretKeySpec key;
  private final ObjectMapper json = WireJson.mapper();
  private final Map<String, List<Entry>> entries = new LinkedHashMap<>();

  /** Kept in that folder; without one, until this program ends. */
  ChartBook(Optional<Path> folder, SecureRandom random) throws IOException {
    this.file = folder.map(path -> path.resolve("charts.jsonl"));
    this.key =
        new SecretKeySpec(
            key(folder.map(path -> path.resolve("charts.key")), random), "HmacSHA256");
    load();
  }

  /**
   * One chart.
   *
   * @param registered staff have said that it is this person's
   */
  record Entry(String digest, String number, boolean registered) {}

  /** The chart of whoever has that kana and birth date. */
  synchronized Arrival.Chart find(String kana, LocalDate birthDate) {
    List<Entry> found = entries.getOrDefault(digest(kana, birthDate), List.of());
    List<Entry> registered = found.stream().filter(Entry::registered).toList();
    return registered.size() == 1
        ? new Arrival.Chart(Optional.of(registered.getFirst().number()), List.of())
        : new Arrival.Chart(Optional.empty(), found.stream().map(Entry::number).toList());
  }

  /** Staff say whose it is. */
  synchronized void register(String kana, LocalDate birthDate, String number) throws IOException {
    put(new Entry(digest(kana, birthDate), number, true));
    save();
  }

  /** Takes in a line for each chart; says how many, or nothing if a line is none. */
  synchronized Optional<Integer> takeIn(List<List<String>> lines) throws IOException {
    List<Entry> read = new ArrayList<>();
    for (List<String> line : lines) {
      Optional<LocalDate> birth = line.size() < 3 ? Optional.empty() : WrittenDay.read(line.get(2));
      if (birth.isEmpty() || line.get(0).isBlank() || line.get(1).isBlank()) {
        return Optional.empty();
      }
      read.add(new Entry(digest(line.get(1), birth.get()), line.get(0).strip(), false));
    }
    if (read.size() + entries.size() > MOST) {
      return Optional.empty();
    }
    read.forEach(this::put);
    save();
    return Optional.of(read.size());
  }

  private void put(Entry entry) {
    List<Entry> there = entries.computeIfAbsent(entry.digest(), none -> new ArrayList<>());
    boolean registered =
        there.removeIf(one -> one.number().equals(entry.number()) && one.registered());
    there.removeIf(one -> one.number().equals(entry.number()));
    there.add(new Entry(entry.digest(), entry.number(), entry.registered() || registered));
  }

  private String digest(String kana, LocalDate birthDate) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal((plain(kana) + "|" + birthDate).getBytes(UTF_8)));
    } catch (GeneralSecurityException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  /** Half width or full, with a space or without, in either kana: the same name. */
  static String plain(String kana) {
    StringBuilder plain = new StringBuilder();
    Normalizer.normalize(kana, Normalizer.Form.NFKC)
        .codePoints()
        .filter(each -> !Character.isWhitespace(each))
        .map(each -> each >= 'ぁ' && each <= 'ゖ' ? each + ('ァ' - 'ぁ') : each)
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }

  private void load() throws IOException {
    if (file.isPresent() && Files.exists(file.get())) {
      for (String line : Files.readAllLines(file.get(), UTF_8)) {
        try {
          put(json.readValue(line, Entry.class));
        } catch (JsonProcessingException halfWritten) {
          // It can be taken in again.
        }
      }
    }
  }

  private void save() throws IOException {
    if (file.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder();
    for (List<Entry> all : entries.values()) {
      for (Entry entry : all) {
        text.append(json.writeValueAsString(entry)).append('\n');
      }
    }
    PrivateFile.replace(file.get(), text.toString());
  }

  private static byte[] key(Optional<Path> file, SecureRandom random) throws IOException {
    if (file.isPresent() && Files.exists(file.get())) {
      return Files.readAllBytes(file.get());
    }
    byte[] fresh = new byte[KEY_BYTES];
    random.nextBytes(fresh);
    if (file.isPresent()) {
      PrivateFile.replace(file.get(), fresh);
    }
    return fresh;
  }
}
