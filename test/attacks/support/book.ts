/** All attacks, and how they are judged. */
import type { TrustSettings } from '../../../src/authres/types.ts';
import { Draft } from '../../judgement/support/draft.ts';
import { judge, type Verdict } from '../../judgement/support/judge.ts';
import { ARC } from '../families/arc.ts';
import { COMPOSITION } from '../families/composition.ts';
import { COVERS } from '../families/covers.ts';
import { MAILSPLOIT } from '../families/mailsploit.ts';
import { DNS, REGISTRY } from '../families/names.ts';
import { PATHS } from '../families/paths.ts';
import { REPLAY } from '../families/replay.ts';
import { RESULTS } from '../families/results.ts';
import { BREAK_SPF, SHARED_SERVICES } from '../families/shared.ts';
import { WEAK_LINKS } from '../families/weak-links.ts';
import type { Attack, Family } from './attack.ts';

export const FAMILIES: readonly Family[] = [
  COMPOSITION,
  WEAK_LINKS,
  MAILSPLOIT,
  REPLAY,
  BREAK_SPF,
  SHARED_SERVICES,
  ARC,
  RESULTS,
  PATHS,
  REGISTRY,
  DNS,
  COVERS,
];

export const ATTACKS: readonly Attack[] = FAMILIES.flatMap(({ attacks }) => attacks);

/** @param trust instead of what the attack is made for */
export async function judgeAttack({ id, make }: Attack, trust?: TrustSettings): Promise<Verdict> {
  const draft = new Draft(id);
  make(draft);
  const { raw, zone, at } = draft;
  return judge({ raw, zone, at, trust: trust ?? draft.trust });
}
