// What can be an access key id at all.

/** Printable ASCII without what separates the parts of a signature or of XML. */
const keyId = /^[!#-%(-+\-.0-9=?-~]{1,128}$/;

export function isKeyId(text: string): boolean {
  return keyId.test(text);
}
