package jp.kazashi.load.face;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Photographs of many people, each named after its person and numbered: {@code A_Name_0001.jpg}.
 */
record Fold(List<Picture> pictures) {

  private static final Pattern NAME = Pattern.compile("(?:.*/)?([^/_][^/]*)_([0-9]{4})\\.jpg");
  private static final int LARGEST = 4 * 1024 * 1024;

  /** People who are in it under two names; pairs of theirs are no impostors. */
  private static final List<Set<String>> ALIASES =
      List.of(Set.of("Sepp_Blatter", "Joseph_Blatter"));

  Fold {
    pictures = List.copyOf(pictures);
  }

  @SuppressWarnings("ArrayRecordComponent") // read, and changed by nobody
  record Picture(String person, int number, byte[] jpeg) {

    /** The same words in another order name the same person too. */
    boolean mayBeOf(Picture other) {
      return person.equals(other.person)
          || words(person).equals(words(other.person))
          || ALIASES.stream()
              .anyMatch(names -> names.contains(person) && names.contains(other.person));
    }

    private static Set<String> words(String name) {
      return new HashSet<>(List.of(name.split("_"))).size() == name.split("_").length
          ? Set.of(name.split("_"))
          : Set.of(name);
    }
  }

  static Fold read(Path zip) throws IOException {
    List<Picture> pictures = new ArrayList<>();
    try (InputStream in = Files.newInputStream(zip);
        ZipInputStream entries = new ZipInputStream(in)) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        Matcher name = NAME.matcher(entry.getName());
        if (name.matches()) {
          pictures.add(
              new Picture(
                  name.group(1), Integer.parseInt(name.group(2)), entries.readNBytes(LARGEST)));
        }
      }
    }
    pictures.sort(Comparator.comparing(Picture::person).thenComparingInt(Picture::number));
    return new Fold(pictures);
  }
}
