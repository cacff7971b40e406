package jp.kazashi.simulator.world;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** Enters the demo clinic's staff at the gateway, as its operator would; again is no harm. */
final class StaffRoster {
  private static final int ADDED = 201;
  private static final int TAKEN = 409;

  private final URI gateway;
  private final HttpClient operator;

  StaffRoster(URI gateway, SSLContext operator) {
    this.gateway = gateway;
    this.operator =
        HttpClient.newBuilder().sslContext(operator).connectTimeout(Duration.ofSeconds(5)).build();
  }

  void enter(String institution, List<WorldFile.StaffLogin> staff)
      throws IOException, InterruptedException {
    for (WorldFile.StaffLogin login : staff) {
      enter(institution, login);
    }
  }

  private void enter(String institution, WorldFile.StaffLogin login)
      throws IOException, InterruptedException {
    String account =
        Json.line(
            Map.of(
                "login", login.login(),
                "name", login.name(),
                "role", login.role(),
                "password", login.password()));
    HttpRequest request =
        HttpRequest.newBuilder(gateway.resolve("/v1/staff?institution=" + institution))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(account))
            .build();
    HttpResponse<String> answer = operator.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != ADDED && answer.statusCode() != TAKEN) {
      throw new IOException(
          "the gateway did not take the account %s: %d"
              .formatted(login.login(), answer.statusCode()));
    }
  }
}
