package jp.kazashi.consent.pages;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import jp.kazashi.consent.Language;

/** The sentences of one set of pages in one language. */
final class Words {

  private final String bundle;
  private final Map<String, String> sentences;

  private Words(String bundle, Map<String, String> sentences) {
    this.bundle = bundle;
    this.sentences = Map.copyOf(sentences);
  }

  /** Reads the bundle {@code messages/<pages>.<language>.properties}. */
  static Words of(String pages, Language language) {
    String bundle = "messages/" + pages + "." + language.tag() + ".properties";
    try (InputStream file = Words.class.getResourceAsStream(bundle)) {
      if (file == null) {
        throw new IllegalStateException("There is no message bundle " + bundle);
      }
      Properties read = new Properties();
      read.load(new InputStreamReader(file, StandardCharsets.UTF_8));
      Map<String, String> sentences = new TreeMap<>();
      read.stringPropertyNames().forEach(key -> sentences.put(key, read.getProperty(key)));
      return new Words(bundle, sentences);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  boolean has(String key) {
    return sentences.containsKey(key);
  }

  /** The sentence of that key, its {0}, {1} … filled in. */
  String say(String key, Object... parts) {
    String sentence = sentences.get(key);
    if (sentence == null) {
      throw new IllegalArgumentException(bundle + " has no sentence " + key);
    }
    for (int part = 0; part < parts.length; part++) {
      sentence = sentence.replace("{" + part + "}", String.valueOf(parts[part]));
    }
    return sentence;
  }

  Set<String> keys() {
    return sentences.keySet();
  }
}
