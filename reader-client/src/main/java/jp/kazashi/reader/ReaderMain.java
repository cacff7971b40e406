package jp.kazashi.reader;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;

/** Starts a terminal. */
public final class ReaderMain {

  private ReaderMain() {}

  public static void main(String[] arguments) {
    try {
      ReaderSettings settings = ReaderSettings.read(System.getenv(), System.getProperties());
      Terminal terminal =
          new Terminal(settings, InstantSource.system(), System::nanoTime, System.out);
      terminal.start();
      Runtime.getRuntime().addShutdownHook(new Thread(terminal::close, "closing"));
      if (settings.tied()) {
        endWith(System.in);
      }
    } catch (BadSettings wrong) {
      System.err.println("reader: " + wrong.line());
      System.exit(1);
    } catch (RuntimeException | LinkageError fault) {
      // Half a terminal would look alive to whoever starts it again.
      fault.printStackTrace();
      System.exit(1);
    }
  }

  /** Whoever started this process holds the other end; when it is gone, so are we. */
  private static void endWith(InputStream starter) {
    try {
      starter.transferTo(OutputStream.nullOutputStream());
    } catch (IOException gone) {
      // The same as its end.
    }
    System.exit(0);
  }
}
