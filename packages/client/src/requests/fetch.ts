// What sends a request: the platform's `fetch`, or a function of its shape.

export type FetchInit = RequestInit & { duplex?: 'half' };

/** The `fetch` of the platform, or another function of its shape. */
export interface Fetch {
  (url: string, init: FetchInit): Promise<Response>;
  /**
   * It sends the path of the URL as it stands and hands bytes over as they come, without decompressing
   * them: then the keys `.` and `..` can be reached, and compressed objects are checked too.
   */
  readonly isRaw?: true;
}

export const platformFetch: Fetch = (url, init) => fetch(url, init);
