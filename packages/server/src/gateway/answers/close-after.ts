import { BodyStream } from '../../core/bodies/body-stream.ts';

/** Throws the failure. A body that nobody iterates keeps its file from being swept until it is closed. */
export async function closeAfter(failure: unknown, body: unknown): Promise<never> {
  if (body instanceof BodyStream) await body.close();
  throw failure;
}
