package jp.kazashi.jpki.revocation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.kazashi.jpki.certificate.DistinguishedName;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.jupiter.api.Test;

/** A million revoked cards in a JVM that has 160 MB for the list, its index and itself. */
class LargeListTest {
  private static final int ENTRIES = 1_000_000;

  @Test
  void aListOfAMillionEntriesIsReadInLessThanThreeHundredMegabytes()
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx160m",
                    "-XX:+UseSerialGC",
                    "-cp",
                    classPath(),
                    Reading.class.getName()))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("1000000 entries, first listed and last listed, another not");
  }

  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> new File(entry).isDirectory() || entry.contains("bcprov"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** What runs in the small JVM. */
  static final class Reading {
    private static final X500Name ISSUER = new X500Name("C=JP,O=JPKI-TEST,OU=Large");
    // 2026-11-30 and the reason "superseded", as every entry has them.
    private static final byte[] TIME = hex("170d3236313133303030303030305a");
    private static final byte[] REST =
        hex("170d3236313133303030303030305a300c300a0603551d1504030a0104");
    private static final byte[] ALGORITHM = hex("300d06092a864886f70d01010b0500");

    private Reading() {}

    public static void main(String[] arguments) throws IOException {
      RevocationList list = RevocationList.read(bytes(), ListLimits.ordinary()).orElseThrow();
      DistinguishedName issuer = DistinguishedName.of(ISSUER);
      boolean first = !list.about(issuer, serial(0)).isEmpty();
      boolean last = !list.about(issuer, serial(ENTRIES - 1)).isEmpty();
      boolean another = !list.about(issuer, serial(ENTRIES)).isEmpty();
      System.out.printf(
          "%d entries, first %s and last %s, another %s%n",
          list.size(), words(first), words(last), words(another));
    }

    private static String words(boolean listed) {
      return listed ? "listed" : "not";
    }

    // Five octets each.
    private static BigInteger serial(int index) {
      return BigInteger.valueOf(0x1_06D18006L + 7L * index);
    }

    // Written in one piece, where it will lie. The signature is not looked at here.
    private static byte[] bytes() throws IOException {
      byte[] issuer = ISSUER.getEncoded(ASN1Encoding.DER);
      int entry = 2 + 5 + REST.length;
      int entries = ENTRIES * (2 + entry);
      int body = 3 + ALGORITHM.length + issuer.length + 2 * TIME.length + 6 + entries;
      int signature = 4 + 1 + 256;
      int all = 6 + body + ALGORITHM.length + signature;
      ByteBuffer out = ByteBuffer.allocate(6 + all);
      header(out, all);
      header(out, body);
      out.put(new byte[] {2, 1, 1}).put(ALGORITHM).put(issuer).put(TIME).put(TIME);
      header(out, entries);
      for (int i = 0; i < ENTRIES; i++) {
        out.put((byte) 0x30).put((byte) entry).put((byte) 2).put((byte) 5);
        out.put((byte) (serial(i).longValueExact() >> 32)).putInt(serial(i).intValue());
        out.put(REST);
      }
      out.put(ALGORITHM).put(new byte[] {3, (byte) 0x82, 1, 1, 0}).put(new byte[256]);
      return out.array();
    }

    private static void header(ByteBuffer out, int length) {
      out.put((byte) 0x30).put((byte) 0x84).putInt(length);
    }

    private static byte[] hex(String digits) {
      return HexFormat.of().parseHex(digits);
    }
  }
}
