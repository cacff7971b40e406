package jp.kazashi.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRedisTest {
  @TempDir Path folder;

  @Test
  void whatWasWrittenSurvivesARestart() throws Exception {
    try (var redis = EmbeddedRedis.start(folder, 0)) {
      assertThat(say(redis, "SET word kazashi")).isEqualTo("+OK");
    }
    try (var redis = EmbeddedRedis.start(folder, 0)) {
      assertThat(say(redis, "STRLEN word")).isEqualTo(":7");
    }
  }

  @Test
  void withoutThePasswordNothingIsAnswered() throws Exception {
    try (var redis = EmbeddedRedis.start(folder, 0)) {
      assertThat(ask(redis.port(), "PING")).startsWith("-NOAUTH");
    }
  }

  @Test
  void scriptsAndModulesAreShut() throws Exception {
    try (var redis = EmbeddedRedis.start(folder, 0)) {
      assertThat(say(redis, "EVAL 1 0")).startsWith("-ERR unknown command");
      assertThat(say(redis, "MODULE LIST")).startsWith("-ERR unknown command");
      assertThat(say(redis, "CONFIG GET dir")).startsWith("-ERR unknown command");
    }
  }

  @Test
  void closingLeavesNoProcess() {
    long pid;
    try (var redis = EmbeddedRedis.start(folder, 0)) {
      pid = redis.pid();
    }
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
  }

  private static String say(EmbeddedRedis redis, String command) throws IOException {
    String password = URI.create(redis.url()).getUserInfo().substring(1);
    String answers = ask(redis.port(), "AUTH " + password + "\r\n" + command);
    return answers.lines().skip(1).findFirst().orElseThrow();
  }

  private static String ask(int port, String commands) throws IOException {
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
      socket
          .getOutputStream()
          .write((commands + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
