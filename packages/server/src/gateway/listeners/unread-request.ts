// What Node's parser refuses by itself, as a request like any other: logged, counted and answered by those who
// answer the others. There is no response object for it, so it is answered on the bare socket.
import type { Socket } from 'node:net';
import { type OssError, ossError } from '@osskeep/protocol';
import { HeaderFields } from '../http/header-fields.ts';
import { PlainAnswer } from '../http/plain/plain-answer.ts';
import { SocketRemote } from '../http/socket-remote.ts';
import { WholeBody } from '../http/whole-body.ts';
import type { RequestServer } from '../http/wire.ts';

/** What Node tells of it. */
export interface ParserFailure extends NodeJS.ErrnoException {
  /** The bytes in which it was found. */
  readonly rawPacket?: Buffer;
}

export function refuseUnread(server: RequestServer, failure: ParserFailure, socket: Socket): void {
  // The client is gone.
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const method = methodOf(failure, socket);
  const request = {
    method,
    url: '',
    fields: new HeaderFields([]),
    remote: new SocketRemote(socket),
    body: new WholeBody(),
  };
  const Answer = socket.bytesWritten > 0 ? LateAnswer : PlainAnswer;
  const answer = new Answer(socket, method === 'HEAD', undefined, () => socket.end());
  server.refuse(request, answer, parserRefusal(failure));
}

/** Something was answered already: a second answer would be taken for the next request's. */
class LateAnswer extends PlainAnswer {
  override get isBegun(): boolean {
    return true;
  }
}

const methodStart = /^([A-Z]{1,16}) /;

/** Empty where the bytes do not begin with it: earlier ones came in another piece. */
function methodOf({ rawPacket }: ParserFailure, socket: Socket): string {
  if (rawPacket === undefined || socket.bytesRead !== rawPacket.length) return '';
  return methodStart.exec(rawPacket.toString('latin1', 0, 17))?.[1] ?? '';
}

const headersTooLarge =
  'The request has more than 200 header fields or a header section larger than 32 KiB. Send less.';

function parserRefusal({ code }: ParserFailure): OssError {
  const closeConnection = true;
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      // The parser does not tell which of its limits it was.
      return ossError('HeadersTooLarge', {}, { message: headersTooLarge, closeConnection });
    case 'HPE_INVALID_CONTENT_LENGTH':
    case 'HPE_UNEXPECTED_CONTENT_LENGTH':
      return ossError('ContentLengthNotInteger', {}, { closeConnection });
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return ossError('RequestTimeout', {}, { closeConnection });
    default: {
      const message = 'The request is not well-formed HTTP.';
      return ossError('InvalidRequest', {}, { message, closeConnection });
    }
  }
}
