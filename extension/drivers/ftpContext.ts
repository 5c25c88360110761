import type { FTPContext } from 'basic-ftp';

/** What the owner of a control connection wants to hear. */
export interface FtpContextEvents {
  /** A complete line of the server, without its line end. */
  line(text: string): void;
  /** The connection is about to be closed, by either side. */
  closing(): void;
  /** The socket is gone. */
  closed(): void;
}

// As much as basic-ftp accepts for a whole reply.
const lineLimit = 2 ** 16;

/** Loads basic-ftp and makes a control connection's context, not yet connected. Names travel as UTF-8 (RFC 2640). */
export async function createFtpContext(events: FtpContextEvents): Promise<FTPContext> {
  const { FTPContext } = await import('basic-ftp');

  class LineContext extends FTPContext {
    #partialLine = '';

    // basic-ftp takes what one packet brought for whole lines: a reply that the network has cut would be lost or cut.
    protected override _onControlSocketData(chunk: string): void {
      const text = this.#partialLine + chunk;
      const end = text.lastIndexOf('\n') + 1;
      this.#partialLine = text.slice(end);
      if (this.#partialLine.length > lineLimit) {
        this.closeWithError(new Error('The control connection brought a line without an end.'));
      } else if (end > 0) {
        for (const line of text.slice(0, end).split(/\r?\n/)) {
          if (line !== '') events.line(line);
        }
        super._onControlSocketData(text.slice(0, end));
      }
    }

    // The original sends QUIT first. WinINet does not: recorded sessions end without it.
    protected override _closeControlSocket(): void {
      const socket = this._socket;
      this._removeSocketListeners(socket);
      events.closing();
      if (gone) {
        events.closed();
        return;
      }
      // A late error of a socket that is being closed concerns nobody.
      socket.on('error', () => undefined);
      socket.once('close', () => events.closed());
      socket.destroy();
    }
  }

  const context = new LineContext();
  // `socket.closed` is true before the event, so it cannot tell whether the event is still to come.
  let gone = false;
  context.socket.prependOnceListener('close', () => {
    gone = true;
  });
  return context;
}
