package jp.kazashi.consent.pages;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jp.kazashi.consent.Language;

/** The voice of the machine the kiosk runs on: espeak-ng, where its operator has installed it. */
final class Speaker {

  private final Optional<Path> program;

  Speaker(Optional<Path> program) {
    this.program = program;
  }

  static Speaker ofThisMachine() {
    String folders = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return new Speaker(
        Stream.of(folders.split(File.pathSeparator, -1))
            .map(folder -> Path.of(folder, "espeak-ng"))
            .filter(Files::isExecutable)
            .findFirst());
  }

  boolean isThere() {
    return program.isPresent();
  }

  /** It knows no kanji. */
  static boolean needsKana(Language language) {
    return language.nearest() == Language.JA;
  }

  /** Says it as a WAV file. The text goes in by the standard input: no process list shows it. */
  byte[] say(Language language, String text) throws IOException {
    Process voice =
        new ProcessBuilder(
                List.of(
                    program.orElseThrow().toString(), "-v", voice(language), "--stdin", "--stdout"))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (OutputStream in = voice.getOutputStream()) {
      in.write(text.getBytes(StandardCharsets.UTF_8));
    }
    try (var sound = voice.getInputStream()) {
      return sound.readAllBytes();
    } finally {
      voice.destroy();
    }
  }

  private static String voice(Language language) {
    return switch (language) {
      case JA, JA_EASY -> "ja";
      case EN -> "en";
      case ZH_HANS, ZH_HANT -> "cmn";
      case KO -> "ko";
      case VI -> "vi";
      case PT_BR -> "pt-br";
    };
  }
}
