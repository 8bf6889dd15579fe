// Security checklist 8 and 9: when a signature counts. Codes: choices rows 1, 2, 6.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { expectRefusal, startMs } from '../support/gateway-under-test.ts';
import type { RawRequest } from '../support/raw-http.ts';
import { headerForms, urlForms } from '../support/signed-forms.ts';
import { addHeaders, authorizationOf, Secured, withHeader, withoutHeader } from './secured.ts';

let secured: Secured;

beforeAll(async () => {
  secured = await Secured.start();
});

beforeEach(() => secured.gateway.clock.set(startMs));

afterAll(() => secured.stop());

describe('checklist 08: lifetimes that are none', () => {
  const second = Math.floor(startMs / 1000);
  const expiredV1 = { status: 403, code: 'AccessDenied', ec: '0002-00000069' };
  const invalidV1 = { status: 403, code: 'AccessDenied', ec: '0002-00000070' };
  const invalidV4 = { status: 400, code: 'InvalidArgument', ec: '0002-00000232' };
  const nonsense = ['-1', '1.5', 'NaN', 'Infinity', '1e9', '0x10', '+5', ' 5', '9'.repeat(13)];

  /** Signed as if the text were a good one, by a signer that does not care. */
  function forged(form: 'V1 URL' | 'V4 URL', text: string): RawRequest {
    const name = form === 'V1 URL' ? 'Expires' : 'x-oss-expires';
    const good = secured.sign(form);
    const value = new RegExp(`(${name}=)[^&]*`);
    return { ...good, target: good.target.replace(value, `$1${encodeURIComponent(text)}`) };
  }

  test.each([...nonsense, '9'.repeat(30)])('V1 Expires %s', async (text) => {
    expectRefusal(await secured.send(forged('V1 URL', text)), invalidV1);
  });

  test.each(['0', '1', String(second - 1)])('V1 Expires %s is past', async (text) => {
    expectRefusal(await secured.send(forged('V1 URL', text)), expiredV1);
  });

  test.each([...nonsense, '0', '604801', '9'.repeat(30)])('V4 expires %s', async (text) => {
    expectRefusal(await secured.send(forged('V4 URL', text)), invalidV4);
  });

  test('seven days are good, and not a second more', async () => {
    const link = secured.sign('V4 URL', { lifetimeS: 604_800 });
    secured.gateway.clock.set(startMs + 604_800_000);
    expect((await secured.send(link)).status).toBe(200);
    secured.gateway.clock.set(startMs + 604_801_000);
    expectRefusal(await secured.send(link), {
      status: 403,
      code: 'AccessDenied',
      ec: '0002-00000236',
    });
  });

  test.each(urlForms)('%s: a second lifetime beside the signed one', async (form) => {
    const good = secured.sign(form, { lifetimeS: 60 });
    const name = form === 'V1 URL' ? 'Expires' : 'x-oss-expires';
    const longer = form === 'V4 URL' ? '6000' : String(second + 6_000);
    const [path = '', query = ''] = good.target.split('?');
    secured.gateway.clock.set(startMs + 120_000);
    for (const target of [
      `${good.target}&${name}=${longer}`,
      `${path}?${name}=${longer}&${query}`,
    ]) {
      expect([400, 403]).toContain((await secured.send({ ...good, target })).status);
    }
  });

  test.each([
    ['20260114', 'cn-hangzhou', 'oss', '0002-00000212'],
    ['20260115', 'cn-beijing', 'oss', '0002-00000226'],
    ['20260115', '', 'oss', '0002-00000226'],
    ['20260115', 'cn-hangzhou', 's3', '0002-00000227'],
  ])('V4 scope %s %s %s', async (date, region, product, ec) => {
    for (const form of ['V4 header', 'V4 URL'] as const) {
      const good = secured.sign(form);
      const scope = '20260115/cn-hangzhou/oss';
      const other = `${date}/${region}/${product}`;
      const spoilt = {
        ...withHeader(good, 'Authorization', authorizationOf(good).replace(scope, other)),
        target: good.target.replace(encodeURIComponent(scope), encodeURIComponent(other)),
      };
      expectRefusal(await secured.send(spoilt), { status: 400, code: 'InvalidArgument', ec });
    }
  });
});

describe('checklist 09: the date of a header signature', () => {
  const minutes = (text: string): number => {
    const [m = '0', s = '0'] = text.split(':');
    return (Number(m) * 60 + Number(s)) * 1000;
  };

  test.each(headerForms)('%s: 14:59 either way is good, 15:01 is not', async (form) => {
    const request = secured.sign(form);
    for (const way of [-1, 1]) {
      secured.gateway.clock.set(startMs + way * minutes('14:59'));
      expect((await secured.send(request)).status).toBe(200);
      secured.gateway.clock.set(startMs + way * minutes('15:01'));
      expectRefusal(await secured.send(request), {
        status: 403,
        code: 'RequestTimeTooSkewed',
        ec: '0002-00000504',
      });
    }
  });

  test.each(headerForms)('%s: none, or two', async (form) => {
    const request = secured.sign(form);
    const none = await secured.send(withoutHeader(request, /date$/i));
    expectRefusal(none, { status: 403, code: 'AccessDenied', ec: '0002-00000503' });
    const [date = ['', '']] = request.headers?.filter(([name]) => /date$/i.test(name)) ?? [];
    const two = await secured.send(addHeaders(request, date));
    // Of two Dates the framing is in doubt; two x-oss-dates make one that cannot be read.
    const isDate = date[0] === 'Date';
    expectRefusal(two, {
      status: isDate ? 400 : 403,
      code: isDate ? 'InvalidArgument' : 'AccessDenied',
    });
  });
});
