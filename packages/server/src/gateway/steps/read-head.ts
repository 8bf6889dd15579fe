// Reads a request's head once: its header fields from the raw list, its target from the URL's text. Refuses
// what has two readings.
import type { Step } from './step.ts';

export const readHead: Step = {
  run: (work) => {
    const { method, url, fields } = work.exchange.request;
    const { pairs, headers } = fields.read();
    const reading = work.parts.authenticator.urls.read(method, url);
    const { target, query } = reading;
    work.wasProven = reading.isProven;
    work.head = {
      method,
      url,
      reading,
      path: target.path,
      queryPairs: target.query,
      headerPairs: pairs,
      query,
      headers,
    };
  },
};
