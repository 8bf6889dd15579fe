// Node's HTTP server behind the seam: its request and its answer as ours, and what it reports on the socket
// only, told to the request it is about.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Eventually } from '../../../core/ports/eventually.ts';
import { HeaderFields } from '../header-fields.ts';
import { type BodySource, incompleteBody, QueuedBody } from '../queued-body.ts';
import { SocketRemote } from '../socket-remote.ts';
import type { AnswerHead, HttpAnswer, HttpRequest, Remote, RequestServer } from '../wire.ts';

export class NodeExchanges {
  readonly #server: RequestServer;
  /** The last of each socket. */
  readonly #last = new WeakMap<Socket, NodeExchange>();

  constructor(server: RequestServer) {
    this.#server = server;
  }

  /** `waits`: the client sends its body only when it is told to continue. */
  serve(request: IncomingMessage, response: ServerResponse, waits: boolean): void {
    // Node would add a Date of its own.
    response.sendDate = false;
    // A broken connection is seen by whoever reads or writes; unheard, it would end the process.
    response.on('error', ignore);
    request.on('error', ignore);
    const exchange = new NodeExchange(request, response, waits);
    this.#last.set(request.socket, exchange);
    this.#server.serve(exchange, exchange.answer);
  }

  /**
   * Node saw the connection end inside a body. The socket may still take an answer, so the request fails with
   * IncompleteBody; one that was refused before has its answer. False when no request on this socket waits for
   * a body.
   */
  failTruncatedBody(socket: Socket): boolean {
    const exchange = this.#last.get(socket);
    if (exchange === undefined || exchange.hasArrived) return false;
    exchange.body.fail(incompleteBody());
    if (exchange.answer.isBegun) exchange.answer.destroy();
    return true;
  }

  /**
   * Node found rubbish behind a request that is whole. Its answer is still owed and must be the first on the
   * socket; the connection ends after it. False when no answer is owed.
   */
  closeAfterAnswer(socket: Socket): boolean {
    const exchange = this.#last.get(socket);
    if (exchange?.hasArrived !== true) return false;
    const { answer } = exchange;
    if (answer.isDone || answer.isGone) return false;
    answer.closeBehind(socket);
    return true;
  }
}

function ignore(): void {
  // Whoever reads or writes sees it too.
}

class NodeExchange implements HttpRequest, BodySource {
  readonly method: string;
  readonly url: string;
  readonly fields: HeaderFields;
  readonly remote: Remote;
  readonly answer: NodeAnswer;
  readonly body: QueuedBody = new QueuedBody(this);
  readonly #request: IncomingMessage;
  readonly #waits: boolean;
  constructor(request: IncomingMessage, response: ServerResponse, waits: boolean) {
    this.method = request.method ?? '';
    this.url = request.url ?? '';
    this.fields = new HeaderFields(request.rawHeaders);
    this.remote = new SocketRemote(request.socket);
    this.answer = new NodeAnswer(response);
    this.#request = request;
    this.#waits = waits;
  }

  get hasArrived(): boolean {
    return this.#request.complete;
  }

  get isOver(): boolean {
    // A client that ended its side sends nothing more.
    return this.#request.destroyed || this.#request.socket.readableEnded;
  }

  listen(): void {
    const { body } = this;
    // Every request closes, also one that had ended.
    const broken = (): void => body.broken();
    this.#request.on('data', (chunk: Buffer) => body.push(chunk));
    this.#request.on('end', () => body.end());
    this.#request.on('error', broken);
    this.#request.on('close', broken);
  }

  askFor(): void {
    if (this.#waits) this.answer.writeContinue();
  }

  pause(): void {
    this.#request.pause();
  }

  resume(): void {
    this.#request.resume();
  }
}

class NodeAnswer implements HttpAnswer {
  readonly #response: ServerResponse;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  get isBegun(): boolean {
    return this.#response.headersSent;
  }

  get isGone(): boolean {
    return this.#response.destroyed;
  }

  get isDone(): boolean {
    return this.#response.writableFinished;
  }

  get isFull(): boolean {
    return this.#response.writableNeedDrain;
  }

  send(head: AnswerHead, body: Uint8Array): void {
    this.begin(head);
    if (body.length === 0) this.#response.end();
    else this.#response.end(body);
  }

  begin({ status, headers, known }: AnswerHead): void {
    this.#response.writeHead(status, [...headers.list(), ...known.list]);
  }

  write(chunk: Uint8Array): Eventually<void> {
    return this.#response.write(chunk) ? undefined : this.#drained();
  }

  end(): void {
    this.#response.end();
  }

  destroy(): void {
    this.#response.destroy();
  }

  writeContinue(): void {
    this.#response.writeContinue();
  }

  closeBehind(socket: Socket): void {
    this.#response.shouldKeepAlive = false;
    this.#response.once('close', () => socket.destroySoon());
  }

  /** The socket took what was written, or is gone. */
  #drained(): Eventually<void> {
    const response = this.#response;
    if (response.destroyed) return undefined;
    return new Promise((resolve) => {
      const done = (): void => {
        response.off('drain', done);
        response.off('close', done);
        resolve();
      };
      response.on('drain', done);
      response.on('close', done);
    });
  }
}
