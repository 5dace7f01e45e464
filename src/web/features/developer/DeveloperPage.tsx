/** The interface, the messages, and the life of a declaration as the code that runs has it. */
import { useTranslation } from 'react-i18next'
import { notificationNames, transitions, type CommandName, type Status, type Transition } from '#schema/clearance'
import { StatusBadge, type Tone } from '../../ui/Badge.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Section, Stack } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { Lifecycle } from './Lifecycle.tsx'
import css from './developer.module.css'

type State = Status | 'none'
const entries = Object.entries(transitions) as [State, Partial<Record<CommandName, Transition>>][]
const tones: Record<Transition['by'], Tone> = { trade: 'info', officer: 'accent', system: 'neutral' }

const DeveloperPage = () => {
  const { t } = useTranslation('developer')
  return (
    <Page title={t('title')}>
      <Stack>
        <Section title={t('api')}>
          <Stack>
            <p>{t('apiText')}</p>
            <ul className={css.links}>
              <li>
                <a href="/api/docs">
                  <Icon name="book" /> {t('openApi')}
                </a>
              </li>
              <li>
                <a href="/api/docs/json">
                  <Icon name="download" /> {t('openApiFile')}
                </a>
              </li>
            </ul>
            <h3>{t('rules')}</h3>
            <ul className={css.rules}>
              {(['ruleKey', 'ruleProblem', 'ruleList', 'ruleLive'] as const).map((rule) => (
                <li key={rule}>{t(rule)}</li>
              ))}
            </ul>
          </Stack>
        </Section>
        <Section title={t('messages')}>
          <p>{t('messagesText')}</p>
          <ul className={css.codes}>
            {Object.entries(notificationNames)
              .toSorted(([a], [b]) => a.localeCompare(b))
              .map(([code, name]) => (
                <li key={code}>
                  <span className="mono">{code}</span> {name}
                </li>
              ))}
          </ul>
        </Section>
        <Section title={t('life')}>
          <Stack>
            <p>{t('lifeText')}</p>
            <Lifecycle />
            <Table />
          </Stack>
        </Section>
      </Stack>
    </Page>
  )
}
export default DeveloperPage

const Table = () => {
  const { t } = useTranslation(['developer', 'work'])
  const name = (state: State): string => (state === 'none' ? t('developer:begin') : t(`work:status.${state}`))
  return (
    <div className={css.scroll}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('developer:command')}</th>
            <th scope="col">{t('developer:by')}</th>
            <th scope="col">{t('developer:permission')}</th>
            <th scope="col">{t('developer:next')}</th>
          </tr>
        </thead>
        {entries.map(([state, commands]) => (
          <tbody key={state}>
            <tr className={css.group}>
              <th scope="rowgroup" colSpan={4}>
                {name(state)}
              </th>
            </tr>
            {Object.keys(commands).length === 0 && (
              <tr>
                <td colSpan={4}>{t('developer:end')}</td>
              </tr>
            )}
            {(Object.entries(commands) as [CommandName, Transition][]).map(([command, transition]) => (
              <tr key={command}>
                <td className="mono">{command}</td>
                <td>
                  <StatusBadge tone={tones[transition.by]}>{t(`developer:who.${transition.by}`)}</StatusBadge>
                </td>
                <td>
                  <span className="mono">{transition.permission}</span>
                  {transition.stepUp && <span className="muted"> · {t('developer:stepUp')}</span>}
                  {transition.reason && <span className="muted"> · {t('developer:reason')}</span>}
                </td>
                <td>{transition.next.length === 0 ? <span className="muted">{t('developer:stays')}</span> : transition.next.map(name).join(', ')}</td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  )
}
