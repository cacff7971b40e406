package jp.kazashi.reader.card.pcsc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Other people's programs, run in a folder. */
record Program(Path folder) {

  private static final String OPENSC_KNOWS_ONE_CARD = "app default { card_drivers = jpki; }\n";

  record Output(int exit, String text) {}

  Output run(String... command) throws IOException, InterruptedException {
    Process process = start(command);
    // What they print fits into a pipe.
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(String.join(" ", command)).isTrue();
    return new Output(process.exitValue(), text);
  }

  /** It must end well. */
  String succeed(String... command) throws IOException, InterruptedException {
    Output output = run(command);
    assertThat(output.exit()).as(String.join(" ", command) + "\n" + output.text()).isZero();
    return output.text();
  }

  Process start(String... command) throws IOException {
    List<String> words = new ArrayList<>(Arrays.asList(command));
    Path settings = Files.writeString(folder.resolve("opensc.conf"), OPENSC_KNOWS_ONE_CARD);
    ProcessBuilder builder =
        new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("OPENSC_CONF", settings.toString());
    return builder.start();
  }
}
