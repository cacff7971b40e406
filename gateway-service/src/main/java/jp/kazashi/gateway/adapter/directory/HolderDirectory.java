package jp.kazashi.gateway.adapter.directory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import jp.kazashi.gateway.adapter.http.BoundedHttp;
import jp.kazashi.gateway.adapter.http.BoundedHttp.Bounds;
import jp.kazashi.gateway.adapter.http.BoundedHttp.Reply;
import jp.kazashi.gateway.port.FindHolder;
import jp.kazashi.jpki.certificate.CertId;
import jp.kazashi.jpki.holder.HolderKey;
import jp.kazashi.qualification.person.PersonCode;

/** Asks the holder directory over HTTP (docs/jpki-simulator.md). Judges nothing. */
public final class HolderDirectory implements FindHolder {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int LARGEST_ANSWER = 64 * 1024;
  private static final int MOST_PREDECESSORS = 32;

  private final BoundedHttp http;
  private final URI directory;
  private final Duration budget;
  private final ObjectMapper json;

  public HolderDirectory(BoundedHttp http, URI directory, Duration budget, ObjectMapper json) {
    this.http = http;
    this.directory = directory;
    this.budget = budget;
    this.json = json;
  }

  @Override
  public Uni<Listing> of(CertId certificate) {
    return http.post(
            directory,
            "application/json",
            question(certificate),
            new Bounds(LARGEST_ANSWER, budget))
        .map(this::listing)
        .onFailure()
        .recoverWithItem(new Listing.Unavailable());
  }

  private byte[] question(CertId certificate) {
    HexFormat hex = HexFormat.of();
    try {
      return json.writeValueAsBytes(
          json.createObjectNode()
              .put("hashAlgorithm", wordOf(certificate))
              .put("issuerNameHash", hex.formatHex(certificate.issuerNameHash().toArray()))
              .put("issuerKeyHash", hex.formatHex(certificate.issuerKeyHash().toArray()))
              .put("serial", certificate.serial().toString(16)));
    } catch (JsonProcessingException aTreeCanBeWritten) {
      throw new IllegalStateException(aTreeCanBeWritten);
    }
  }

  private static String wordOf(CertId certificate) {
    return switch (certificate.hash()) {
      case SHA1 -> "SHA-1";
      case SHA256 -> "SHA-256";
    };
  }

  private Listing listing(Reply reply) {
    if (reply.status() == NOT_FOUND) {
      return new Listing.NotListed();
    }
    if (reply.status() != OK) {
      return new Listing.Unavailable();
    }
    try {
      return listed(json.readTree(reply.body().getBytes()));
    } catch (IOException | IllegalArgumentException | DateTimeException notUnderstood) {
      return new Listing.Unavailable();
    }
  }

  private static Listing listed(JsonNode answer) {
    JsonNode told = answer.path("predecessors");
    if (!told.isArray() || told.size() > MOST_PREDECESSORS) {
      throw new IllegalArgumentException("predecessors is a list");
    }
    List<Predecessor> predecessors = new ArrayList<>();
    told.forEach(each -> predecessors.add(predecessor(each)));
    return new Listing.Listed(new PersonCode(answer.path("personCode").asText()), predecessors);
  }

  private static Predecessor predecessor(JsonNode told) {
    byte[] issuer = Base64.getDecoder().decode(told.path("issuer").asText());
    BigInteger serial = new BigInteger(told.path("serial").asText(), 16);
    Optional<Instant> ends =
        Optional.ofNullable(told.path("endsAt").textValue()).map(Instant::parse);
    return new Predecessor(new HolderKey(issuer, serial), ends);
  }
}
