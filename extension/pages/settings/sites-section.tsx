/** The sites of webmail Countersign works on, each to be taken back. */
import { useEffect, useState } from 'preact/hooks';
import { grantedSites, onSitesChanged, removeSite } from '../../adapters/sites.ts';
import { Foreign } from '../../ui/text.tsx';
import { t } from '../../ui/words.ts';

export function SitesSection() {
  const [sites, setSites] = useState<readonly string[]>();
  const [problem, setProblem] = useState('');
  const load = (): void => void grantedSites().then(setSites, console.error);
  useEffect(() => {
    load();
    return onSitesChanged(load);
  }, []);
  const remove = (site: string): void => {
    document.getElementById('sites-title')?.focus(); // the button that had it goes away
    removeSite(site).then(load, (error: unknown) => setProblem(t('settings_not_saved', { error: String(error) })));
  };
  return (
    <section class="card stack" id="sites" aria-labelledby="sites-title" data-setting>
      <h2 id="sites-title" tabIndex={-1}>
        {t('webmail_sites')}
      </h2>
      <p class="soft">{t('webmail_sites_text')}</p>
      {sites?.length === 0 && <p data-testid="no-sites">{t('webmail_sites_none')}</p>}
      {sites !== undefined && sites.length > 0 && (
        <ul class="plain stack" data-testid="sites">
          {sites.map((site) => (
            <li key={site} class="row">
              <span class="grow">
                <Foreign text={site} />
              </span>
              <button
                type="button"
                aria-label={t('webmail_site_remove_named', { site })}
                data-testid="remove-site"
                onClick={() => remove(site)}
              >
                {t('webmail_site_remove')}
              </button>
            </li>
          ))}
        </ul>
      )}
      <p role="status" class="outcome" data-ok={problem === '' ? undefined : false}>
        {problem}
      </p>
    </section>
  );
}
