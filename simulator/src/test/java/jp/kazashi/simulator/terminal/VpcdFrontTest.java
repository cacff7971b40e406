package jp.kazashi.simulator.terminal;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import jp.kazashi.simulator.card.CardContents;
import jp.kazashi.simulator.card.FaultScript;
import jp.kazashi.simulator.card.TestCards;
import jp.kazashi.simulator.card.VirtualCard;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a reader that speaks the protocol of vpcd as the facts tell it (§2.2). */
class VpcdFrontTest {

  private static final String SELECT = "00A4040C0AD392F000260100000001";
  private static final String WRONG_PIN = "002000980439393939";
  private static final String RIGHT_PIN = "002000980431323334";

  private final BlockingQueue<VpcdFront.State> states = new LinkedBlockingQueue<>();
  private final ServerSocket vpcd;
  private final List<VpcdFront> fronts = new ArrayList<>();
  private Thread running = new Thread();
  private Socket connection = new Socket();

  VpcdFrontTest() throws IOException {
    vpcd = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stop() throws Exception {
    fronts.forEach(VpcdFront::close);
    running.interrupt();
    running.join();
    vpcd.close();
  }

  @Test
  void onlyTheQuestionForTheAtrIsAnsweredAmongTheControls() throws Exception {
    offer(TestCards.card("hanako"));
    send("01");
    send("02");
    assertThat(ask("04")).isEqualTo(hex(CardContents.syntheticAtr()));
  }

  @Test
  void commandsGoToTheCard() throws Exception {
    offer(TestCards.card("hanako"));
    assertThat(ask(SELECT)).isEqualTo("9000");
    assertThat(ask("00B0860000")).hasSize(2 * 160 + 4).endsWith("9000");
  }

  @Test
  void resetEndsWhatWasSelected() throws Exception {
    offer(TestCards.card("hanako"));
    assertThat(ask(SELECT)).isEqualTo("9000");
    send("02");
    assertThat(ask("00200098")).isEqualTo("6986");
  }

  @Test
  void cardComesBackAfterTheReaderHasGoneAndNothingStaysVerified() throws Exception {
    offer(TestCards.card("hanako"));
    ask(SELECT);
    assertThat(ask(WRONG_PIN)).isEqualTo("63C2");
    ask(SELECT);
    connection.close();
    assertThat(next()).isEqualTo(VpcdFront.State.WAITING);
    accept();
    ask(SELECT);
    assertThat(ask("00200098")).isEqualTo("63C2");
    assertThat(ask("802A009701AA00")).isEqualTo("6982");
    assertThat(ask(RIGHT_PIN)).isEqualTo("9000");
  }

  @Test
  void closedFrontTakesTheCardAway() throws Exception {
    offer(TestCards.card("hanako"));
    fronts.getFirst().close();
    assertThat(connection.getInputStream().read()).isEqualTo(-1);
    assertThat(running.join(Duration.ofSeconds(10))).isTrue();
    assertThat(next()).isEqualTo(VpcdFront.State.WAITING);
    assertThat(next()).isEqualTo(VpcdFront.State.TAKEN_AWAY);
  }

  @Test
  void cardThatLeavesInTheMiddleOfACommandDoesNotComeBack() throws Exception {
    offer(TestCards.card("hanako").disturbed(FaultScript.of("verify#1 remove")));
    ask(SELECT);
    send(RIGHT_PIN);
    assertThat(connection.getInputStream().read()).isEqualTo(-1);
    assertThat(running.join(Duration.ofSeconds(10))).isTrue();
  }

  private void offer(VirtualCard card) throws Exception {
    VpcdFront front = new VpcdFront(card, "127.0.0.1", vpcd.getLocalPort(), states::add);
    fronts.add(front);
    running = Thread.ofVirtual().start(front);
    assertThat(next()).isEqualTo(VpcdFront.State.WAITING);
    accept();
  }

  private void accept() throws Exception {
    connection = vpcd.accept();
    assertThat(next()).isEqualTo(VpcdFront.State.ON_READER);
  }

  private VpcdFront.State next() throws InterruptedException {
    return states.poll(10, SECONDS);
  }

  private void send(String message) throws IOException {
    byte[] bytes = HexFormat.of().parseHex(message);
    DataOutputStream out = new DataOutputStream(connection.getOutputStream());
    out.writeShort(bytes.length);
    out.write(bytes);
    out.flush();
  }

  private String ask(String message) throws IOException {
    send(message);
    DataInputStream in = new DataInputStream(connection.getInputStream());
    return hex(in.readNBytes(in.readUnsignedShort()));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().withUpperCase().formatHex(bytes);
  }
}
