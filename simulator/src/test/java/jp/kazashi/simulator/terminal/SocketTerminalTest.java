package jp.kazashi.simulator.terminal;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import javax.smartcardio.Card;
import javax.smartcardio.CardException;
import javax.smartcardio.CardTerminal;
import javax.smartcardio.CommandAPDU;
import javax.smartcardio.TerminalFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SocketTerminalTest implements TerminalContract {

  private final VirtualReaders readers = new VirtualReaders();
  private RunningServer server;
  private TerminalFactory factory;

  @BeforeEach
  void start() throws Exception {
    server = new RunningServer(readers, 0);
    factory = server.factory();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
    readers.close();
  }

  @Override
  public VirtualReaders readers() {
    return readers;
  }

  @Override
  public TerminalFactory factory() {
    return factory;
  }

  @Test
  void simulatorThatIsAwayIsACardExceptionAndNoHang() throws Exception {
    CardTerminal terminal = factory.terminals().getTerminal("Kiosk");
    server.stop();
    assertThatThrownBy(terminal::isCardPresent).isInstanceOf(CardException.class);
    assertThatThrownBy(() -> terminal.waitForCardPresent(0)).isInstanceOf(CardException.class);
    assertThatThrownBy(() -> factory.terminals().list())
        .isInstanceOf(CardException.class)
        .hasMessageContaining("simulator");
  }

  @Test
  void simulatorThatGoesAwayEndsAWait() throws Exception {
    CardTerminal terminal = factory.terminals().getTerminal("Kiosk");
    CompletableFuture<String> waiting = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            waiting.complete("card: " + terminal.waitForCardPresent(0));
          } catch (CardException e) {
            waiting.complete("away");
          }
        });
    server.stop();
    assertThat(waiting.get(10, SECONDS)).isEqualTo("away");
  }

  @Test
  void restartedSimulatorIsFoundAgainButItsOldConnectionsAreDead() throws Exception {
    readers.reader("Kiosk").orElseThrow().insert(HANAKO);
    CardTerminal terminal = factory.terminals().getTerminal("Kiosk");
    Card before = terminal.connect("*");
    int port = server.port();
    server.stop();
    server = new RunningServer(readers, port);
    assertThatThrownBy(() -> before.getBasicChannel().transmit(new CommandAPDU(SELECT_JPKI)))
        .isInstanceOf(CardException.class);
    assertThat(terminal.connect("*").getBasicChannel().transmit(new CommandAPDU(SELECT_JPKI)))
        .extracting(response -> response.getSW())
        .isEqualTo(0x9000);
  }

  @Test
  void programThatDiesGivesTheCardBack() throws Exception {
    readers.reader("Kiosk").orElseThrow().insert(HANAKO);
    try (Socket theirs = upgraded()) {
      DataOutputStream out = new DataOutputStream(theirs.getOutputStream());
      DataInputStream in = new DataInputStream(theirs.getInputStream());
      out.write(Frame.asking(1, Frame.Operation.CONNECT, f -> f.writeUTF("Kiosk")).bytes());
      int connection = answer(in).reading().readInt();
      out.write(
          Frame.asking(2, Frame.Operation.BEGIN_EXCLUSIVE, f -> f.writeInt(connection)).bytes());
      assertThat(answer(in).isFailure()).isFalse();
    }
    Card ours = factory.terminals().getTerminal("Kiosk").connect("*");
    ours.beginExclusive();
  }

  @Test
  void whoSendsSomethingElseIsCutOff() throws Exception {
    try (Socket socket = upgraded()) {
      socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    try (Socket socket = upgraded()) {
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeInt(5);
      out.writeInt(1);
      out.writeByte(99);
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void wrongTokenIsRefused() throws Exception {
    TerminalFactory stranger = server.factory("another-token");
    assertThatThrownBy(() -> stranger.terminals().list())
        .isInstanceOf(CardException.class)
        .hasMessageContaining("401");
  }

  @Test
  void requestThatDoesNotAskForTheProtocolIsToldWhichOneItIs() throws Exception {
    try (Socket socket = connected()) {
      assertThat(ask(socket, "Connection: keep-alive"))
          .startsWith("HTTP/1.1 426")
          .containsIgnoringCase("Upgrade: kazashi-terminal");
    }
  }

  private Socket upgraded() throws Exception {
    Socket socket = connected();
    assertThat(ask(socket, "Connection: Upgrade\r\nUpgrade: kazashi-terminal"))
        .startsWith("HTTP/1.1 101");
    return socket;
  }

  private Socket connected() throws Exception {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static String ask(Socket socket, String headers) throws Exception {
    String request =
        "GET /terminals HTTP/1.1\r\nHost: x\r\n%s\r\nAuthorization: Bearer %s\r\n\r\n"
            .formatted(headers, RunningServer.TOKEN);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) socket.getInputStream().read());
    }
    return head.toString();
  }

  private static Frame answer(DataInputStream in) throws Exception {
    return Frame.parse(in.readNBytes(Frame.checkedLength(in.readInt())));
  }
}
