package jp.kazashi.simulator.terminal;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Opens the virtual readers to another process: an HTTP request that asks to be upgraded becomes a
 * raw socket speaking {@link Frame}s. Host and Origin are the business of whoever routes here.
 */
public final class TerminalServer {

  public static final String PROTOCOL = "kazashi-terminal";

  private final VirtualReaders readers;
  private final byte[] authorization;

  public TerminalServer(VirtualReaders readers, String token) {
    this.readers = readers;
    this.authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
  }

  public void accept(HttpServerRequest request) {
    if (!isAuthorized(request.getHeader(HttpHeaders.AUTHORIZATION))) {
      refuse(request, 401);
    } else if (!PROTOCOL.equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
      request.response().putHeader(HttpHeaders.UPGRADE, PROTOCOL);
      refuse(request, 426);
    } else {
      request.response().putHeader(HttpHeaders.UPGRADE, PROTOCOL);
      request.toNetSocket().onSuccess(this::serve);
    }
  }

  private boolean isAuthorized(@Nullable String given) {
    return given != null
        && MessageDigest.isEqual(authorization, given.getBytes(StandardCharsets.UTF_8));
  }

  private static void refuse(HttpServerRequest request, int status) {
    request.response().setStatusCode(status).end();
  }

  private void serve(NetSocket socket) {
    RemoteProgram program =
        new RemoteProgram(readers, frame -> socket.write(Buffer.buffer(frame.bytes())));
    RecordParser parser = RecordParser.newFixed(Frame.LENGTH_BYTES);
    parser.handler(new Frames(socket, parser, program));
    socket.handler(parser).closeHandler(closed -> program.leave());
  }

  /** Cuts the stream into frames; whoever sends anything else is cut off. */
  private static final class Frames implements Handler<Buffer> {

    private final NetSocket socket;
    private final RecordParser parser;
    private final RemoteProgram program;
    private boolean inBody;

    private Frames(NetSocket socket, RecordParser parser, RemoteProgram program) {
      this.socket = socket;
      this.parser = parser;
      this.program = program;
    }

    @Override
    public void handle(Buffer piece) {
      try {
        if (inBody) {
          parser.fixedSizeMode(Frame.LENGTH_BYTES);
          program.ask(Frame.parse(piece.getBytes()));
        } else {
          parser.fixedSizeMode(Frame.checkedLength(piece.getInt(0)));
        }
        inBody = !inBody;
      } catch (IOException e) {
        parser.handler(null);
        socket.close();
      }
    }
  }
}
