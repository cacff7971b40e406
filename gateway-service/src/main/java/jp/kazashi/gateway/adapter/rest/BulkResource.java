package jp.kazashi.gateway.adapter.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import jp.kazashi.gateway.check.Caller;
import jp.kazashi.gateway.check.Reason;
import jp.kazashi.gateway.desk.BulkLookUp;
import jp.kazashi.qualification.store.BulkJob;
import jp.kazashi.qualification.store.KeepBulkJobs.Line;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Many look-ups in one job: asked as lines, fetched as lines or as a ZIP of them. */
@Path("/v1/bulk-lookups")
public class BulkResource {
  private static final String LINES = "application/x-ndjson";
  private static final String ZIP = "application/zip";

  /** Three forms of one operation. */
  private static final String BULK =
      "As JSON how far the job is; as lines its answers in the order of the questions, from after"
          + " a line on; as ZIP all of them in one file.";

  private static final int PAGE = 1000;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final BulkLookUp bulk;
  private final SecurityIdentity identity;

  public BulkResource(BulkLookUp bulk, SecurityIdentity identity) {
    this.bulk = bulk;
    this.identity = identity;
  }

  @POST
  @RolesAllowed({"RECEIPT", Rights.DESK})
  @Blocking
  @Consumes(LINES)
  @Produces(MediaType.APPLICATION_JSON)
  @ResponseStatus(202)
  @Operation(
      operationId = "askBulk",
      summary = "Up to 100,000 look-ups, one JSON object a line, each with an id if you like.")
  public BulkDocument ask(InputStream body) throws IOException {
    List<String> lines = BodyLines.read(body, BulkLookUp.MOST_LINES);
    Caller caller = CallerIdentity.of(identity);
    return switch (now(() -> bulk.ask(caller, lines))) {
      case BulkLookUp.Asked.Taken(var progress, var receipt) -> BulkDocument.of(progress, receipt);
      case BulkLookUp.Asked.Declined(Reason reason) -> throw new ProblemException(reason);
      case BulkLookUp.Asked.TooManyFailed(var wait) ->
          throw new ProblemException(Reason.TOO_MANY_FAILED_LOOKUPS, wait);
    };
  }

  @GET
  @Path("/{id}")
  @RolesAllowed({"RECEIPT", Rights.DESK})
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(operationId = "bulk", summary = BULK)
  public Uni<BulkDocument> progress(@PathParam("id") UUID id) {
    return found(CallerIdentity.of(identity), id).map(progress -> BulkDocument.of(progress, null));
  }

  @GET
  @Path("/{id}")
  @RolesAllowed({"RECEIPT", Rights.DESK})
  @Blocking
  @Produces(LINES + ";qs=0.5")
  @Operation(operationId = "bulk", summary = BULK)
  public StreamingOutput lines(
      @PathParam("id") UUID id, @QueryParam("after") @DefaultValue("0") int after) {
    Executor loop = loop();
    BulkJob job = finished(id);
    return out -> write(job, after, out, loop);
  }

  @GET
  @Path("/{id}")
  @RolesAllowed({"RECEIPT", Rights.DESK})
  @Blocking
  @Produces(ZIP + ";qs=0.4")
  @Operation(operationId = "bulk", summary = BULK)
  public StreamingOutput zip(@PathParam("id") UUID id) {
    Executor loop = loop();
    BulkJob job = finished(id);
    return out -> zip(job, out, loop);
  }

  private Uni<BulkLookUp.Progress> found(Caller caller, UUID id) {
    return bulk.progress(caller, id)
        .map(found -> found.orElseThrow(() -> new ProblemException(Reason.NOT_FOUND)));
  }

  private BulkJob finished(UUID id) {
    Caller caller = CallerIdentity.of(identity);
    BulkJob job = now(() -> found(caller, id)).job();
    if (job.finishedAt() == null) {
      throw new ProblemException(Reason.BULK_NOT_FINISHED);
    }
    return job;
  }

  private void write(BulkJob job, int after, OutputStream out, Executor loop) throws IOException {
    int last = Math.max(0, after);
    for (List<Line> page = page(job, last, loop); !page.isEmpty(); page = page(job, last, loop)) {
      for (Line line : page) {
        String answer = line.answer();
        if (answer == null) {
          throw new IllegalStateException("a finished job has every answer");
        }
        out.write(answer.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
      }
      last = page.getLast().line();
    }
  }

  private void zip(BulkJob job, OutputStream out, Executor loop) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("lookups-" + job.id() + ".ndjson"));
      write(job, 0, zip, loop);
      zip.closeEntry();
    }
  }

  private List<Line> page(BulkJob job, int after, Executor loop) {
    return on(loop, () -> bulk.page(job, after, PAGE));
  }

  /** A body is read and written on a worker; the record is asked on its event loop. */
  private static <T> T now(Supplier<Uni<T>> ask) {
    return on(loop(), ask);
  }

  private static <T> T on(Executor loop, Supplier<Uni<T>> ask) {
    return Uni.createFrom()
        .<T>deferred(() -> ask.get())
        .runSubscriptionOn(loop)
        .await()
        .atMost(LONGEST_WAIT);
  }

  private static Executor loop() {
    Context here = Vertx.currentContext();
    return here == null ? Runnable::run : go -> here.runOnContext(on -> go.run());
  }
}
