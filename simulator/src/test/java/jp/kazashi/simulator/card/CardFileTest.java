package jp.kazashi.simulator.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CardFileTest {

  private static final String HANAKO =
      """
      version: 1
      name: hanako
      form: my-number-card
      authentication:
        secret: "1234"
        key: hanako/authentication.key.pem
        certificate: hanako/authentication.pem
        authority: hanako/authority.pem
      signature:
        secret: ABC123
        key: hanako/signature.key.pem
        certificate: hanako/authentication.pem
        authority: hanako/authority.pem
      face:
        name: 見本　花子
        address: 東京都架空区見本町一丁目２番３号
        birth-date: 1978-04-12
        sex: female
        expires: 2036-04-12
        municipality: "13999"
        serial: "400000000000017"
        security-code: "9753"
        number: "NUMBER"
        pin: "5678"
        portrait: 1
        presence-key: hanako/presence.key.pem
        issuer: "9013999"
        issuer-key: issuer.key.pem
        issuer-authority-key: issuer.key.pem
      terminals: hanako/authority.pem
      """
          .replace("NUMBER", CardFace.nobodysNumber("12345678901"));

  @TempDir Path folder;

  @BeforeEach
  void keys() throws IOException {
    Files.createDirectories(folder.resolve("hanako"));
    pem("hanako/authentication.key.pem", TestCards.KEYS.getPrivate());
    pem("hanako/signature.key.pem", TestCards.SIGNING.getPrivate());
    pem("hanako/presence.key.pem", TestCards.PRESENCE.getPrivate());
    pem("issuer.key.pem", TestCards.ISSUER.getPrivate());
    pem("hanako/authentication.pem", "CERTIFICATE", TestCards.CERTIFICATE);
    pem("hanako/authority.pem", "CERTIFICATE", TestCards.CA_CERTIFICATE);
  }

  @Test
  void wholeCardIsReadFromItsFile() throws IOException {
    Talk card = new Talk(read(HANAKO).insert());
    assertThat(
            card.statusAfter(
                Talk.select("D392F000260100000001"),
                Talk.verify("18", "1234"),
                Talk.verify("1B", "ABC123"),
                "802A009A01AA00"))
        .isEqualTo("9000");
    assertThat(
            card.dataAfter(
                Talk.select("D3921000310001010402"),
                Talk.verify("12", TestCards.FACE.verificationNumberB()),
                Talk.file("0002"),
                "00B0000010"))
        .hasSize(16);
  }

  @Test
  void faceAndSignatureAreOptional() throws IOException {
    Talk card = new Talk(read(HANAKO.substring(0, HANAKO.indexOf("signature:"))).insert());
    assertThat(card.statusAfter(Talk.select("D3921000310001010402"))).isEqualTo("6A82");
    assertThat(card.statusAfter(Talk.select("D392F000260100000001"), "0020009B")).isEqualTo("6A82");
  }

  @Test
  void faultsBelongToTheCard() throws IOException {
    Talk card = new Talk(read(HANAKO + "faults: [\"select answer 6F00\"]\n").insert());
    assertThat(card.statusAfter(Talk.select("D392F000260100000001"))).isEqualTo("6F00");
  }

  @Test
  void whatIsWrittenIsReadTheSame() throws IOException {
    CardFile file = CardFile.parse(HANAKO);
    assertThat(file.text()).startsWith("# A virtual card of Kazashi");
    assertThat(CardFile.parse(file.text())).isEqualTo(file);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "version: 1 | version: 2 | version 1",
        "my-number-card | loyalty-card | LOYALTY_CARD",
        "1978-04-12 | 1978-04-31 | 1978-04-31",
        "secret: ABC123 | secret: abc | 6 to 16",
        "hanako/presence.key.pem | hanako/none.pem | none.pem",
        "hanako/presence.key.pem | hanako/authority.pem | PRIVATE KEY",
        "portrait: 1 | portrait: 0 | counted from 1",
        "sex: female | sex: f | F",
        "security-code: \"9753\" | security-code: \"975\" | security code",
        "pin: \"5678\" | pim: \"5678\" | pim",
        "issuer: \"9013999\" | issuer: \"5013999\" | beginning with 9"
      })
  void whatIsWrongIsToldWithTheFile(String right, String wrong, String told) {
    assertThatThrownBy(() -> read(HANAKO.replace(right, wrong)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("hanako.yaml")
        .hasMessageContaining(told);
  }

  @Test
  void emptyFileIsNoCard() {
    assertThatThrownBy(() -> read("")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read("[]")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read("name: x")).isInstanceOf(IOException.class);
  }

  private VirtualCard read(String yaml) throws IOException {
    Path file = folder.resolve("hanako.yaml");
    Files.writeString(file, yaml);
    return CardFile.read(file, PinCounters.inMemory());
  }

  private void pem(String file, PrivateKey key) throws IOException {
    pem(file, "PRIVATE KEY", key.getEncoded());
  }

  private void pem(String file, String kind, byte[] der) throws IOException {
    Files.writeString(
        folder.resolve(file),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(kind, Base64.getMimeEncoder().encodeToString(der), kind));
  }
}
