import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDate, readLeadingDate } from '../../src/trace/date.ts';

function iso(text: string): string | null {
  const time = parseDate(text);
  return time === null ? null : new Date(time).toISOString().replace('.000Z', 'Z');
}

describe('dates (RFC 5322 §3.3, §4.3)', () => {
  it.each([
    ['the form of §3.3', 'Fri, 21 Nov 1997 09:55:06 -0600', '1997-11-21T15:55:06Z'],
    ['no day of the week', '21 Nov 1997 09:55:06 -0600', '1997-11-21T15:55:06Z'],
    ['no seconds', 'Fri, 21 Nov 1997 09:55 -0600', '1997-11-21T15:55:00Z'],
    ['one digit for the day', 'Sat, 1 Nov 1997 09:55:06 +0000', '1997-11-01T09:55:06Z'],
    ['a leap second', 'Sat, 31 Dec 2016 23:59:60 +0000', '2017-01-01T00:00:00Z'],
    ['a leap day', 'Thu, 29 Feb 2024 00:00:00 +0000', '2024-02-29T00:00:00Z'],
    ['an unknown offset', '21 Nov 1997 09:55:06 -0000', '1997-11-21T09:55:06Z'],
    ['half an hour in the offset', '21 Nov 1997 09:55:06 +0530', '1997-11-21T04:25:06Z'],
    ['a comment at the end', 'Mon, 2 Nov 2026 01:00:00 -0800 (PST)', '2026-11-02T09:00:00Z'],
    ['the comments of Appendix A.6.3', 'Fri, 21 Nov 1997 09(comment):   55  :  06 -0600', '1997-11-21T15:55:06Z'],
    ['comments between all tokens', '(a)Fri(b),(c)21(d)Nov(e)1997(f)09:55:06(g)-0600(h)', '1997-11-21T15:55:06Z'],
    ['the two-digit year and GMT of Appendix A.6.2', '21 Nov 97 09:55:06 GMT', '1997-11-21T09:55:06Z'],
    ['a two-digit year before 50', '21 Nov 26 09:55:06 +0000', '2026-11-21T09:55:06Z'],
    ['a three-digit year', '21 Nov 126 09:55:06 +0000', '2026-11-21T09:55:06Z'],
    ['UT', '21 Nov 1997 09:55:06 UT', '1997-11-21T09:55:06Z'],
    ['EST', '21 Nov 1997 09:55:06 EST', '1997-11-21T14:55:06Z'],
    ['EDT', '21 Nov 1997 09:55:06 EDT', '1997-11-21T13:55:06Z'],
    ['CST', '21 Nov 1997 09:55:06 CST', '1997-11-21T15:55:06Z'],
    ['CDT', '21 Nov 1997 09:55:06 CDT', '1997-11-21T14:55:06Z'],
    ['MST', '21 Nov 1997 09:55:06 MST', '1997-11-21T16:55:06Z'],
    ['MDT', '21 Nov 1997 09:55:06 MDT', '1997-11-21T15:55:06Z'],
    ['PST', '21 Nov 1997 09:55:06 PST', '1997-11-21T17:55:06Z'],
    ['PDT', '21 Nov 1997 09:55:06 pdt', '1997-11-21T16:55:06Z'],
    ['a military zone as an unknown offset', '21 Nov 1997 09:55:06 A', '1997-11-21T09:55:06Z'],
    ['another alphabetic zone as an unknown offset', '21 Nov 1997 09:55:06 CEST', '1997-11-21T09:55:06Z'],
    ['any case', 'FRI, 21 NOV 1997 09:55:06 gmt', '1997-11-21T09:55:06Z'],
    ['white space of any length', '  Fri,\t21   Nov 1997\t09:55:06  +0000  ', '1997-11-21T09:55:06Z'],
    ['a wrong day of the week', 'Mon, 21 Nov 1997 09:55:06 +0000', '1997-11-21T09:55:06Z'],
  ])('reads %s', (_what, text, expected) => {
    expect(iso(text)).toBe(expected);
  });

  it.each([
    ['nothing', ''],
    ['words', 'last Friday'],
    ['no zone', '21 Nov 1997 09:55:06'],
    ['the 30th of February', '30 Feb 1997 09:55:06 +0000'],
    ['the 29th of February of a common year', '29 Feb 2025 09:55:06 +0000'],
    ['day 0', '0 Nov 1997 09:55:06 +0000'],
    ['hour 24', '21 Nov 1997 24:00:00 +0000'],
    ['minute 60', '21 Nov 1997 09:60:00 +0000'],
    ['second 61', '21 Nov 1997 09:55:61 +0000'],
    ['a month that is none', '21 Foo 1997 09:55:06 +0000'],
    ['a day of the week that is none', 'Foo, 21 Nov 1997 09:55:06 +0000'],
    ['60 minutes in the offset', '21 Nov 1997 09:55:06 +0060'],
    ['a colon in the offset', '21 Nov 1997 09:55:06 +01:00'],
    ['a year before 1900', '21 Nov 1899 09:55:06 +0000'],
    ['a year that no clock knows', '21 Nov 999999 09:55:06 +0000'],
    ['one digit for the hour', '21 Nov 1997 9:55:06 +0000'],
    ['ISO 8601', '1997-11-21T09:55:06Z'],
    ['trailing text', '21 Nov 1997 09:55:06 +0000 x'],
    ['100,000 words', 'x '.repeat(100_000)],
    ['an unclosed comment', '21 Nov 1997 09:55:06 (+0000'],
  ])('finds no date in %s', (_what, text) => {
    expect(parseDate(text)).toBeNull();
  });

  it('reads back every second it can write', () => {
    const date = fc.date({
      min: new Date('1900-01-01T00:00:00Z'),
      max: new Date('9999-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(date, fc.integer({ min: -23 * 60, max: 23 * 60 }), (when, offset) => {
        const seconds = Math.floor(when.getTime() / 1000) * 1000;
        const local = new Date(seconds + offset * 60_000);
        fc.pre(local.getUTCFullYear() >= 1900);
        const [, day, month, year, time] = local.toUTCString().split(' ');
        const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
        const zone = `${offset < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}${String(minutes).padStart(2, '0')}`;
        expect(parseDate(`${day} ${month} ${year} ${time} ${zone}`)).toBe(seconds);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('0129:+- ,()\\JanFri\t'), 'Nov', '1997') }),
        (text) => {
          const time = parseDate(text);
          expect(time === null || Number.isSafeInteger(time)).toBe(true);
        },
      ),
    );
  });
});

describe('dates as servers write them in Received', () => {
  const leading = (text: string): string | null => {
    const date = readLeadingDate(text);
    return date ? `${new Date(date.time).toISOString()}${date.followed ? ' …' : ''}` : null;
  };

  it.each([
    ['RFC 5322', 'Mon, 30 Nov 2026 10:00:00 +0100 (CET)', '2026-11-30T09:00:00.000Z'],
    ['SendGrid', 'Sat, 26 Oct 2024 11:34:00.581 +0000 (UTC)', '2024-10-26T11:34:00.581Z'],
    ['Go', '2026-11-30 10:00:00.123456789 +0000 UTC m=+0.1', '2026-11-30T10:00:00.123Z'],
    ['Go, another zone', '2026-11-30 10:00:00 +0100 CET', '2026-11-30T09:00:00.000Z'],
    ['RFC 3339', '2026-11-30T10:00:00Z', '2026-11-30T10:00:00.000Z'],
    ['RFC 3339 with an offset', '2026-11-30T10:00:00.5+01:00', '2026-11-30T09:00:00.500Z'],
    ['ctime with a zone', 'Mon Nov 30 10:00:00 2026 +0100', '2026-11-30T09:00:00.000Z'],
    ['date', 'Mon Nov  2 10:00:00 EST 2026', '2026-11-02T15:00:00.000Z'],
    ['a zone by name behind its offset', 'Mon, 30 Nov 2026 10:00:00 +0000 GMT', '2026-11-30T10:00:00.000Z'],
    ['a region behind the offset', 'Mon, 30 Nov 2026 10:00:00 +0100 Europe/Berlin', '2026-11-30T09:00:00.000Z'],
    ['GMT with an offset', 'Mon, 30 Nov 2026 10:00:00 GMT+0100', '2026-11-30T09:00:00.000Z'],
    ['a colon in the offset', 'Mon, 30 Nov 2026 10:00:00 +01:00', '2026-11-30T09:00:00.000Z'],
    ['one digit for the hour', 'Mon, 30 Nov 2026 9:00:00 +0000', '2026-11-30T09:00:00.000Z'],
  ])('are read: %s', (_what, text, expected) => {
    expect(leading(text)).toBe(expected);
  });

  it.each([
    ['another date', 'Mon, 30 Nov 2026 10:00:00 +0100; Tue, 1 Dec 2020 10:00:00 +0000', '2026-11-30T09:00:00.000Z …'],
    ['clauses', 'Mon, 30 Nov 2026 10:00:00 +0100 with IMAP', '2026-11-30T09:00:00.000Z …'],
    ['another zone', 'Mon, 30 Nov 2026 10:00:00 GMT +1400', '2026-11-30T10:00:00.000Z …'],
    ['100,000 words', `Mon, 30 Nov 2026 10:00:00 +0100 ${'x '.repeat(100_000)}`, '2026-11-30T09:00:00.000Z …'],
    ['a comment', 'Mon, 30 Nov 2026 10:00:00 +0100 (PST; 1 Jan 2000 00:00:00 +0000)', '2026-11-30T09:00:00.000Z'],
  ])('are what they are, whatever follows: %s', (_what, text, expected) => {
    expect(leading(text)).toBe(expected);
  });

  it.each([
    '',
    'yesterday',
    'Mon Nov 30 10:00:00 2026',
    '2026-13-30T10:00:00Z',
    '30 Nov 2026 10:00:00',
    '; 30 Nov 2026 10:00 +0000',
  ])('are not there: %s', (text) => {
    expect(leading(text)).toBeNull();
  });
});
