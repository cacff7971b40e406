package jp.kazashi.reader.command;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.kazashi.reader.command.SelfTestCommand.Finding;
import jp.kazashi.reader.link.GatewayLink;
import jp.kazashi.reader.link.GatewayReply;
import jp.kazashi.reader.link.HttpGatewayLink;
import jp.kazashi.reader.link.HttpLine;
import jp.kazashi.reader.link.LocalReasons;
import jp.kazashi.reader.link.SealedChallenge;
import jp.kazashi.reader.link.TlsIdentity;

/**
 * The line to the gateway, seen by asking for a challenge, and the clock, seen by when the gateway
 * says it was issued.
 */
record LineCheck(List<Finding> findings) {

  /** More than this, and challenges seem to be too old, or to come from the future. */
  private static final Duration MOST = Duration.ofSeconds(30);

  static LineCheck of(Readers readers) {
    Optional<GatewayLink> gateway;
    try {
      gateway = gateway();
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      return only("Its keys cannot be used: " + e.getMessage());
    }
    return gateway
        .map(link -> asked(link, readers))
        .orElseGet(() ->
            only(
                "No gateway is configured. Set KAZASHI_GATEWAY_URL, KAZASHI_GATEWAY_CA,"
                    + " KAZASHI_READER_KEYSTORE and KAZASHI_READER_PASSWORD, or start a world:"
                    + " ./kazashi up"));
  }

  private static LineCheck only(String words) {
    return new LineCheck(
        List.of(
            new Finding("clock", Finding.State.NOTE, "Not compared: the line has to work first."),
            new Finding("line", Finding.State.FAULT, words)));
  }

  private static LineCheck asked(GatewayLink link, Readers readers) {
    return switch (link.challenge()) {
      case GatewayReply.Given<SealedChallenge>(SealedChallenge given) ->
          new LineCheck(
              List.of(
                  clock(given.challenge().issuedAt(), readers.now()),
                  new Finding("line", Finding.State.OK, "The gateway gave a challenge.")));
      case GatewayReply.Refused<SealedChallenge>(var refusal) ->
          only(refusal.reason() + ": " + refusal.nextStep().en());
    };
  }

  private static Finding clock(Instant gateway, Instant here) {
    Duration apart = Duration.between(gateway, here);
    return apart.abs().compareTo(MOST) <= 0
        ? new Finding("clock", Finding.State.OK, "It agrees with the gateway's.")
        : new Finding(
            "clock",
            Finding.State.FAULT,
            "It is %d s away from the gateway's. Have it set by NTP.".formatted(apart.toSeconds()));
  }

  /** As the environment says, else as the world that runs here. */
  private static Optional<GatewayLink> gateway() throws IOException, GeneralSecurityException {
    Optional<String> url = environment("KAZASHI_GATEWAY_URL");
    Optional<String> authorities = environment("KAZASHI_GATEWAY_CA");
    Optional<String> keyStore = environment("KAZASHI_READER_KEYSTORE");
    Optional<String> password = environment("KAZASHI_READER_PASSWORD");
    if (url.isPresent()
        && authorities.isPresent()
        && keyStore.isPresent()
        && password.isPresent()) {
      return Optional.of(
          link(url.get(), Path.of(authorities.get()), Path.of(keyStore.get()), password.get()));
    }
    try {
      RunningWorld.Terminal terminal = RunningWorld.terminalIn(WorldHome.find());
      return Optional.of(
          link(
              terminal.gateway(),
              terminal.authorities(),
              terminal.keyStore(),
              terminal.password()));
    } catch (Fault noWorld) {
      return Optional.empty();
    }
  }

  private static GatewayLink link(String url, Path authorities, Path keyStore, String password)
      throws IOException, GeneralSecurityException {
    return new HttpGatewayLink(
        new HttpLine(
            URI.create(url),
            TlsIdentity.read(keyStore, password.toCharArray(), authorities),
            HttpLine.Patience.USUAL,
            LocalReasons.load()));
  }

  private static Optional<String> environment(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
  }
}
