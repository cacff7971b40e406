package jp.kazashi.load.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import jp.kazashi.qualification.feed.CodeNames;
import jp.kazashi.qualification.holder.HolderLink;
import jp.kazashi.qualification.intake.BatchId;
import jp.kazashi.qualification.intake.IntakeKind;
import jp.kazashi.qualification.intake.Sender;
import jp.kazashi.qualification.person.PayerNumber;
import jp.kazashi.qualification.store.Delivery;
import jp.kazashi.qualification.store.IntakeReport;
import jp.kazashi.qualification.store.TakeIn;
import jp.kazashi.qualification.store.reactive.IntakeInDatabase;
import jp.kazashi.simulator.population.Feed;
import jp.kazashi.simulator.population.Population;

/** The population through the store's own intake, as the gateway would give it, without HTTP. */
final class IntakeLoad {
  private static final int AT_ONCE = 3;

  private final TakeIn intake;
  private final Population population;
  private final Instant now;
  private final AtomicInteger people = new AtomicInteger();
  private final AtomicLong records = new AtomicLong();

  IntakeLoad(BenchDatabase database, Population population, Instant now) {
    this.intake =
        new IntakeInDatabase(
            database.sessions(),
            RandomGenerator.getDefault(),
            (issuer, serial) -> new HolderLink("bench-" + serial),
            CodeNames.small());
    this.population = population;
    this.now = now;
  }

  /** Returns the records taken in; a refused line is a fault of one of the two sides. */
  long load(int firstTown, int towns, CopyLoad.Told told) throws IOException, InterruptedException {
    AtomicInteger next = new AtomicInteger(firstTown);
    try (ExecutorService loaders = Executors.newFixedThreadPool(AT_ONCE)) {
      List<? extends Future<?>> running =
          IntStream.range(0, AT_ONCE)
              .mapToObj(any ->
                  loaders.submit(() -> {
                    for (int town = next.getAndIncrement();
                        town < firstTown + towns;
                        town = next.getAndIncrement()) {
                      town(town);
                      told.progress(people.addAndGet(population.peopleOf(town)), records.get());
                    }
                    return null;
                  }))
              .toList();
      for (Future<?> each : running) {
        each.get();
      }
    } catch (ExecutionException failed) {
      throw new IOException(failed.getCause());
    }
    return records.get();
  }

  private void town(int town) throws IOException {
    for (Feed.Delivery delivery : population.feed(town)) {
      IntakeReport report =
          intake.take(
              Delivery.ndjson(
                  new BatchId("bench-" + town),
                  kind(delivery.to()),
                  new Sender.Payer(PayerNumber.of(delivery.from().number())),
                  now),
              new ByteArrayInputStream(delivery.lines().bytes(), 0, delivery.lines().length()),
              progress -> {});
      if (report.rejectedLines() > 0) {
        throw new IOException("Refused: " + report.rejected().getFirst());
      }
      records.addAndGet(report.accepted());
    }
  }

  private static IntakeKind kind(Feed.Intake intake) {
    return switch (intake) {
      case QUALIFICATIONS -> IntakeKind.QUALIFICATIONS;
      case CLAIMS -> IntakeKind.CLAIMS;
      case CHECKUPS -> IntakeKind.CHECKUPS;
    };
  }
}
