/** The badge of every level, with what it means. */
import { LevelIcon, SHOWN_LEVELS } from './level-icon.tsx';
import './level-table.css';
import { t } from './words.ts';

export function LevelTable() {
  return (
    <table class="levels">
      <thead class="visually-hidden">
        <tr>
          <th scope="col">{t('help_badge_column')}</th>
          <th scope="col">{t('help_meaning_column')}</th>
        </tr>
      </thead>
      <tbody>
        {SHOWN_LEVELS.map((level) => (
          <tr key={level} data-testid={`level-${level}`}>
            <th scope="row">
              <span class="badge">
                <LevelIcon level={level} />
                {t(`badge_level_${level}`)}
              </span>
            </th>
            <td>{t(`help_level_${level}`)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
