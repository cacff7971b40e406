package jp.kazashi.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Services of somebody else: honest at first, until one of them is told how to behave. */
public final class Foreign implements AutoCloseable {
  private static final String SPOKEN = "spoken";
  private static final String HONEST = "honest";
  private static final int FIRST = 1;
  private static final int LAST = 10;

  /** Some may be held for a while. */
  private static final int THREADS = 64;

  /** What is remembered of who asked. */
  private static final int MOST_REMEMBERED = 1_000;

  private final Map<String, UnaryOperator<byte[]>> spoken = new ConcurrentHashMap<>();
  private volatile BiFunction<String, byte[], ResponseDefinitionBuilder> honest =
      (path, question) -> aResponse().withStatus(404);
  private final WireMockServer server =
      new WireMockServer(
          options()
              .bindAddress("127.0.0.1")
              .dynamicPort()
              .containerThreads(THREADS)
              .maxRequestJournalEntries(MOST_REMEMBERED)
              .extensions(
                  new Transformer(HONEST, this::honest), new Transformer(SPOKEN, this::spoken)));

  public Foreign() {
    server.start();
    isHonest();
  }

  /** What the honest ones say at which path, about which question. */
  public void honestly(BiFunction<String, byte[], ResponseDefinitionBuilder> services) {
    honest = services;
  }

  /** Everybody is honest again. */
  void isHonest() {
    server.resetMappings();
    server.stubFor(any(anyUrl()).atPriority(LAST).willReturn(aResponse().withTransformers(HONEST)));
  }

  /** Whatever is asked at this path, this is how it answers. */
  public void does(String path, ResponseDefinitionBuilder answer) {
    server.resetRequests();
    server.stubFor(any(urlEqualTo(path)).atPriority(FIRST).willReturn(answer));
  }

  /** The same, with what it says about the question for a body. */
  public void says(
      String path, ResponseDefinitionBuilder answer, UnaryOperator<byte[]> aboutTheQuestion) {
    spoken.put(path, aboutTheQuestion);
    does(path, answer.withTransformers(SPOKEN));
  }

  /** How often it was asked at this path since it was told how to behave. */
  public int asked(String path) {
    return server.countRequestsMatching(anyRequestedFor(urlEqualTo(path)).build()).getCount();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.port() + "/");
  }

  @Override
  public void close() {
    server.stop();
  }

  private ResponseDefinition honest(ServeEvent event) {
    return honest.apply(event.getRequest().getUrl(), event.getRequest().getBody()).build();
  }

  /** A signed answer is made anew for each question: it repeats its nonce. */
  private ResponseDefinition spoken(ServeEvent event) {
    UnaryOperator<byte[]> answer = spoken.get(event.getRequest().getUrl());
    if (answer == null) {
      throw new AssertionError("nothing to say at " + event.getRequest().getUrl());
    }
    return ResponseDefinitionBuilder.like(event.getResponseDefinition())
        .but()
        .withBody(answer.apply(event.getRequest().getBody()))
        .build();
  }

  private record Transformer(String name, Function<ServeEvent, ResponseDefinition> answer)
      implements ResponseDefinitionTransformerV2 {
    @Override
    public ResponseDefinition transform(ServeEvent event) {
      return answer.apply(event);
    }

    @Override
    public boolean applyGlobally() {
      return false;
    }

    @Override
    public String getName() {
      return name;
    }
  }
}
