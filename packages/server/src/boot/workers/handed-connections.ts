// Connections that Node's round robin is handing to a worker. It forgets one whose worker dies before it
// has taken it, and keeps it open: the client would wait for ever. Here such a connection is closed, which
// tells the client to come again.
import type { ChildProcess } from 'node:child_process';

interface Handle {
  close(): void;
}

/** What node:cluster sends a worker with a connection, and what comes back. */
interface ClusterMessage {
  readonly cmd?: unknown;
  readonly act?: unknown;
  readonly seq?: unknown;
  readonly ack?: unknown;
}

const clusterCommand = 'NODE_CLUSTER';

/** Call right after the fork. */
export function closeForgottenConnections(child: ChildProcess): void {
  const underWay = new Map<unknown, Handle>();
  let isGone = false;
  const send = child.send;
  child.send = function (this: ChildProcess, ...words: unknown[]): boolean {
    const [message, handle] = words as [ClusterMessage, Handle | undefined];
    if (handle && message?.cmd === clusterCommand && message.act === 'newconn') {
      if (isGone) {
        handle.close();
        return false;
      }
      underWay.set(message.seq, handle);
    }
    return Reflect.apply(send, this, words);
  };
  child.on('internalMessage' as 'message', (message: unknown) => {
    const { cmd, ack } = message as ClusterMessage;
    if (cmd === clusterCommand && ack !== undefined) underWay.delete(ack);
  });
  // Not with its channel's end: with a connection under way Node does not tell that.
  child.once('exit', () => {
    isGone = true;
    for (const handle of underWay.values()) handle.close();
    underWay.clear();
  });
}
