/** Runs inside a page of firefox.ts: fetches the messages, measures, and sends what it found. */
import { decodeBase64 } from '../../src/bytes/base64.ts';
import { against, layOut, measure, shown } from './measure.ts';
import { core, floor, type FloorKey } from './portable.ts';

/** A sample on its way to the page; octets as base64. */
export interface SentSample {
  readonly name: string;
  readonly messages: readonly string[];
  readonly records: Readonly<Record<string, string>>;
  readonly key: { readonly type: FloorKey['type']; readonly octets: string };
  readonly parts: readonly { readonly data: string; readonly signature: string; readonly body: string }[];
}

function octets(text: string): Uint8Array<ArrayBuffer> {
  const bytes = decodeBase64(text);
  if (bytes === undefined) throw new TypeError('not base64');
  return bytes;
}

async function row({ name, messages, records, key, parts }: SentSample): Promise<readonly string[]> {
  const mail = { messages: messages.map(octets), records };
  const prepared = parts.map(({ data, signature, body }) => ({
    data: octets(data),
    signature: octets(signature),
    body: octets(body),
  }));
  const least = await floor({ type: key.type, octets: octets(key.octets) }, prepared);
  const [floorTime = NaN, ours = NaN, overlapped = NaN] = await measure(
    [least, core(mail), core(mail, 8)],
    messages.length,
  );
  const ratio = (time: number): string => against(time, floorTime, messages.length);
  return [name, shown(floorTime, messages.length), ratio(ours), messages.length > 1 ? ratio(overlapped) : ''];
}

export interface Measured {
  readonly engine: string;
  readonly table: string;
}

const samples = (await (await fetch('samples.json')).json()) as readonly SentSample[];
const table = [['message', 'floor', 'this core', 'eight at once']];
for (const sample of samples) table.push([...(await row(sample))]);
const measured: Measured = { engine: navigator.userAgent.replace(/.* /, ''), table: layOut(table) };
await fetch('measured', { method: 'POST', body: JSON.stringify(measured) });
