// Each recorded request that verifies, with one character changed in each thing that is signed: it
// must be refused, and with the code of that very thing.
import { describe, expect, test } from 'vitest';
import { OssError } from '../../src/errors/index.ts';
import { verify } from '../../src/signing/index.ts';
import { mutationsOf } from './mutations.ts';
import { type Vector, verifierOf, wireRequest, wireVectors } from './vectors.ts';

const accepted = wireVectors.filter(({ verified }) => verified.server === true);

async function outcomes(vector: Vector): Promise<{ expected: string[]; met: string[] }> {
  const verifier = verifierOf(vector);
  const expected: string[] = [];
  const met: string[] = [];
  for (const { name, request, refused } of mutationsOf(vector, wireRequest(vector))) {
    expected.push(`${name} -> ${refused ?? 'accepted'}`);
    const outcome = async (): Promise<string> => {
      try {
        await verify(request, verifier);
        return 'accepted';
      } catch (error) {
        if (!(error instanceof OssError)) throw error;
        return `${error.code} ${error.ec}`;
      }
    };
    met.push(`${name} -> ${await outcome()}`);
  }
  return { expected, met };
}

describe('one character changed', () => {
  test.each(accepted.map((vector) => [vector.id, vector] as const))('%s', async (_, vector) => {
    const { expected, met } = await outcomes(vector);
    expect(met).toEqual(expected);
  });

  test('in enough places', () => {
    const mutations = accepted.flatMap((vector) => mutationsOf(vector, wireRequest(vector)));
    expect(accepted.length).toBe(302);
    expect(mutations.filter(({ refused }) => refused !== undefined).length).toBeGreaterThan(3_000);
    for (const version of ['V1', 'V2', 'V4'] as const) {
      for (const mode of ['header', 'query'] as const) {
        expect(accepted.some((v) => v.version === version && v.mode === mode)).toBe(true);
      }
    }
  });
});
