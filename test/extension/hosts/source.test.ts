/** What a webmail hands out is judged only where it is the source of a message, and all of it. */
import { describe, expect, it } from 'vitest';
import { utf8ToBytes } from '../../../src/bytes/ascii.ts';
import { MOST_SOURCE_OCTETS, readAnswer, type SourceAnswer } from '../../../extension/hosts/web/source.ts';

const MESSAGE = 'Return-Path: <a@b.example>\r\nFrom: A <a@b.example>\r\nMessage-ID: <1@b.example>\r\n\r\nHello\r\n';

const answer = (text: string, more: Partial<SourceAnswer> = {}): SourceAnswer => ({
  status: 200,
  type: 'text/plain; charset=UTF-8',
  length: null,
  octets: utf8ToBytes(text),
  ...more,
});

describe('an answer in octets', () => {
  it('is the source, octet by octet', () => {
    const octets = Uint8Array.from([...utf8ToBytes(MESSAGE), 0xe9, 0x80, 0x0d, 0x0a]);
    expect(readAnswer(answer('', { octets, length: octets.length }), 'octets')).toEqual({
      ok: true,
      octets,
      doubt: null,
    });
  });

  it.each([
    ['signed-out', answer('<!doctype html><title>Sign in</title>', { type: 'text/html' })],
    ['signed-out', answer(MESSAGE, { type: 'text/html; charset=utf-8' })],
    ['signed-out', answer('\n  <html>')],
    ['signed-out', answer('no', { status: 401 })],
    ['refused', answer(MESSAGE, { status: 500 })],
    ['not-a-message', answer('{"source":"From: a@b.example"}', { type: 'application/json' })],
    ['not-a-message', answer('')],
    ['truncated', answer(MESSAGE, { length: 5000 })],
    ['truncated', answer('From: A <a@b.example>\r\nSubj')],
    ['escaped', answer(MESSAGE.replaceAll('<', '&lt;').replaceAll('>', '&gt;'))],
    ['too-large', answer('', { octets: new Uint8Array(MOST_SOURCE_OCTETS + 1) })],
  ])('is %s', (why, given) => {
    expect(readAnswer(given, 'octets')).toEqual({ ok: false, why });
  });

  it.each([
    ['charset', MESSAGE.replace('Hello', 'H\ufffdllo')],
    [
      'truncated',
      MESSAGE.replace('\r\n\r\n', '\r\nContent-Type: multipart/mixed;\r\n boundary="b 1"\r\n\r\n--b 1\r\n\r\n'),
    ],
  ])('is doubted as %s', (doubt, text) => {
    expect(readAnswer(answer(text), 'octets')).toMatchObject({ ok: true, doubt });
  });

  it('is whole where its last boundary is there', () => {
    const text = MESSAGE.replace(
      '\r\n\r\n',
      '\r\nContent-Type: multipart/mixed; boundary=b1\r\n\r\n--b1\r\n\r\n--b1--\r\n',
    );
    expect(readAnswer(answer(text), 'octets')).toMatchObject({ ok: true, doubt: null });
  });

  it('may begin with the separator of an mbox, and may name markup in its text', () => {
    const text = `From a@b.example Mon Dec  1 00:00:00 2026\n${MESSAGE}&lt;b&gt; <html>`;
    expect(readAnswer(answer(text), 'octets')).toMatchObject({ ok: true, doubt: null });
  });
});

describe('an answer in which each character is an octet', () => {
  it('gives the octets back', () => {
    const octets = Uint8Array.from([...utf8ToBytes(MESSAGE), 0xff, 0x80]);
    const text = String.fromCharCode(...octets);
    expect(readAnswer(answer(text), 'code-points')).toEqual({ ok: true, octets, doubt: null });
  });

  it('is none where a character is no octet', () => {
    expect(readAnswer(answer(`${MESSAGE}€`), 'code-points')).toEqual({ ok: false, why: 'not-a-message' });
  });
});
