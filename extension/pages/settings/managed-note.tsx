/** Says what an organization has set: those switches change nothing here. */
import { useEffect, useState } from 'preact/hooks';
import { loadManaged } from '../../adapters/managed-store.ts';
import { managedKeys, type ManagedKey } from '../../settings/managed.ts';
import { Callout } from '../../ui/callout.tsx';
import { t } from '../../ui/words.ts';

export function ManagedNote() {
  const [keys, setKeys] = useState<readonly ManagedKey[]>([]);
  useEffect(() => void loadManaged().then((managed) => setKeys(managedKeys(managed))), []);
  if (keys.length === 0) return null;
  const names = keys.map((key) => t(`managed_${key}`)).join(', ');
  return <Callout title={t('managed_title')} text={t('managed_text', { names })} testId="managed" />;
}
