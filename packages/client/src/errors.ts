// Failures that are not refusals of the service. A refusal is an OssError of @osskeep/protocol.

/** No usable answer came: the network, a time-out, a redirect, a broken or foreign answer. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
}

/** What arrived is not what was sent: length or checksum differ. Nothing of it should be used. */
export class IntegrityError extends Error {
  override readonly name = 'IntegrityError';
}

/** An argument the client cannot work with; the message says what to change. */
export class ClientError extends Error {
  override readonly name = 'ClientError';
}
