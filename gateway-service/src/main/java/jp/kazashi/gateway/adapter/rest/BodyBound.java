package jp.kazashi.gateway.adapter.rest;

import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import jp.kazashi.gateway.check.Reason;

/**
 * A document is read whole, and so has a small bound, also when it does not say how long it will
 * be. A feed is read line by line as it comes, and has the server's own bound.
 */
@Provider
public class BodyBound implements ReaderInterceptor {
  /** No document of the API comes near it. */
  static final int LARGEST_DOCUMENT = 256 * 1024;

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    if (context.getType() == InputStream.class) {
      return context.proceed();
    }
    Bounded body = new Bounded(context.getInputStream());
    context.setInputStream(body);
    try {
      return context.proceed();
    } catch (IOException | RuntimeException unread) {
      if (body.left < 0) {
        throw new ProblemException(Reason.BODY_TOO_LARGE);
      }
      throw unread;
    }
  }

  /** Ends badly behind the last byte that may be. */
  private static final class Bounded extends FilterInputStream {
    private long left = LARGEST_DOCUMENT;

    Bounded(InputStream body) {
      super(body);
    }

    @Override
    public int read() throws IOException {
      int next = super.read();
      count(next < 0 ? 0 : 1);
      return next;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
      int read = super.read(into, from, most);
      count(Math.max(read, 0));
      return read;
    }

    private void count(int read) throws IOException {
      left -= read;
      if (left < 0) {
        throw new IOException("The body is larger than any document");
      }
    }
  }
}
