package jp.kazashi.jpki.revocation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.kazashi.jpki.certificate.DistinguishedName;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lists as large as they come, in a JVM that has 160 MB for the list, its index and itself. Anybody
 * on the way can make one: it is read before its signature is looked at.
 */
class LargeListTest {
  // A list that is never done with would be far from done then.
  private static final int MOST_MINUTES = 5;

  private @TempDir Path folder;

  @Test
  void aListOfAMillionEntriesIsReadInLessThanThreeHundredMegabytes() throws Exception {
    assertThat(read(Shape.HONEST)).contains("1000000 entries, first listed, last listed");
  }

  @Test
  void aListOfOneSerialAMillionTimesIsRefusedBeforeItIsIndexed() throws Exception {
    assertThat(read(Shape.ONE_SERIAL)).contains("no list");
  }

  @Test
  void aListThatNamesAnIssuerWithEachEntryFits() throws Exception {
    assertThat(read(Shape.MANY_ISSUERS)).contains("300000 entries, first listed, last listed");
  }

  @Test
  void anEntryOrAnIssuerOfManyMegabytesIsNotBuilt() throws Exception {
    assertThat(read(Shape.ENTRY_OF_MEGABYTES)).contains("no list");
    assertThat(read(Shape.ISSUER_OF_MEGABYTES)).contains("no list");
  }

  private String read(Shape shape) throws IOException, InterruptedException {
    Path output = folder.resolve(shape.name());
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx160m",
                    "-XX:+UseSerialGC",
                    "-cp",
                    classPath(),
                    Reading.class.getName(),
                    shape.name()))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean done = process.waitFor(MOST_MINUTES, TimeUnit.MINUTES);
    process.destroyForcibly();
    String said = Files.readString(output, UTF_8);
    assertThat(done).as("done with %s", shape).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }

  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> new File(entry).isDirectory() || entry.contains("bcprov"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** What is sent. */
  private enum Shape {
    HONEST(1_000_000),
    ONE_SERIAL(1_000_000),
    MANY_ISSUERS(300_000),
    ENTRY_OF_MEGABYTES(1),
    ISSUER_OF_MEGABYTES(1);

    private final int entries;

    Shape(int entries) {
      this.entries = entries;
    }

    // Five octets each.
    BigInteger serial(int index) {
      return BigInteger.valueOf(0x1_06D18006L + (this == ONE_SERIAL ? 0 : 7L * index));
    }
  }

  /** What runs in the small JVM. */
  static final class Reading {
    private static final X500Name ISSUER = new X500Name("C=JP,O=JPKI-TEST,OU=Large");
    private static final X500Name OTHER = new X500Name("C=JP,O=JPKI-TEST,OU=Another");
    private static final byte[] TIME = hex("170d3236313133303030303030305a");
    // The reason "superseded", as every entry of an honest list has one.
    private static final byte[] SUPERSEDED = hex("300c300a0603551d1504030a0104");
    private static final byte[] ALGORITHM = hex("300d06092a864886f70d01010b0500");
    private static final byte[] VERSION = hex("020101");
    private static final int SEQUENCE = 0x30;
    private static final int MANY = 20_000_000;

    private Reading() {}

    public static void main(String[] arguments) throws IOException {
      Shape shape = Shape.valueOf(arguments[0]);
      Optional<RevocationList> read = RevocationList.read(bytes(shape), ListLimits.ordinary());
      System.out.println(read.map(list -> told(list, shape)).orElse("no list"));
    }

    private static String told(RevocationList list, Shape shape) {
      DistinguishedName issuer = DistinguishedName.of(shape == Shape.MANY_ISSUERS ? OTHER : ISSUER);
      return "%d entries, first %s, last %s, another %s"
          .formatted(
              list.size(),
              words(list, issuer, shape.serial(0)),
              words(list, issuer, shape.serial(shape.entries - 1)),
              words(list, issuer, shape.serial(shape.entries)));
    }

    private static String words(RevocationList list, DistinguishedName issuer, BigInteger serial) {
      return list.about(issuer, serial).isEmpty() ? "not" : "listed";
    }

    // Written in one piece, where it will lie. The signature is not looked at here.
    private static byte[] bytes(Shape shape) throws IOException {
      byte[] issuer =
          shape == Shape.ISSUER_OF_MEGABYTES
              ? joined(header(SEQUENCE, MANY), new byte[0], nulls())
              : ISSUER.getEncoded(ASN1Encoding.DER);
      byte[] rest = joined(TIME, new byte[0], extensions(shape));
      int entry = 7 + rest.length;
      byte[] entryHeader = header(SEQUENCE, entry);
      int entries = shape.entries * (entryHeader.length + entry);
      byte[] entriesHeader = header(SEQUENCE, entries);
      byte[] head = joined(joined(VERSION, ALGORITHM, issuer), TIME, TIME);
      int body = head.length + entriesHeader.length + entries;
      byte[] bodyHeader = header(SEQUENCE, body);
      byte[] tail = joined(ALGORITHM, hex("0382010100"), new byte[256]);
      byte[] whole = header(SEQUENCE, bodyHeader.length + body + tail.length);
      ByteBuffer out = ByteBuffer.allocate(whole.length + bodyHeader.length + body + tail.length);
      out.put(whole).put(bodyHeader).put(head).put(entriesHeader);
      for (int i = 0; i < shape.entries; i++) {
        long serial = shape.serial(i).longValueExact();
        out.put(entryHeader).put((byte) 2).put((byte) 5).put((byte) (serial >> 32));
        out.putInt((int) serial).put(rest);
      }
      return out.put(tail).array();
    }

    private static byte[] extensions(Shape shape) throws IOException {
      return switch (shape) {
        case HONEST, ONE_SERIAL, ISSUER_OF_MEGABYTES -> SUPERSEDED;
        case MANY_ISSUERS ->
            new Extensions(
                    Extension.create(
                        Extension.certificateIssuer,
                        true,
                        new GeneralNames(new GeneralName(OTHER))))
                .getEncoded(ASN1Encoding.DER);
        case ENTRY_OF_MEGABYTES -> joined(header(SEQUENCE, MANY), new byte[0], nulls());
      };
    }

    // Each of two octets becomes an object of many.
    private static byte[] nulls() {
      byte[] nulls = new byte[MANY];
      for (int i = 0; i < MANY; i += 2) {
        nulls[i] = 0x30;
      }
      return nulls;
    }

    private static byte[] joined(byte[] one, byte[] two, byte[] three) {
      return ByteBuffer.allocate(one.length + two.length + three.length)
          .put(one)
          .put(two)
          .put(three)
          .array();
    }

    private static byte[] header(int tag, int length) {
      byte[] octets = BigInteger.valueOf(length).toByteArray();
      int from = octets.length > 1 && octets[0] == 0 ? 1 : 0;
      ByteBuffer header = ByteBuffer.allocate(6).put((byte) tag);
      if (length >= 0x80) {
        header.put((byte) (0x80 | octets.length - from));
      }
      header.put(octets, from, octets.length - from);
      return Arrays.copyOf(header.array(), header.position());
    }

    private static byte[] hex(String digits) {
      return HexFormat.of().parseHex(digits);
    }
  }
}
