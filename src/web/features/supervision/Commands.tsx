/** What was asked of the seal of a trip, and how far each command has come: only the answer of the seal is success. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CommandRow, Trip } from '#schema/supervision'
import type texts from '../../i18n/en/seal.ts'
import { useCan } from '../../app/session.ts'
import { useCommand } from '../../app/use-command.ts'
import { StatusBadge, type Tone } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Section } from '../../ui/Layout.tsx'
import { toast } from '../../ui/toast.tsx'
import { Instant } from '../../ui/Values.tsx'
import { CommandDialog } from './CommandDialog.tsx'
import { tripKey, useCommands } from './facts.ts'
import css from './supervision.module.css'

const tones: Readonly<Record<CommandRow['state'], Tone>> = {
  queued: 'neutral',
  sent: 'info',
  answered: 'ok',
  refused: 'danger',
  expired: 'warning',
  withdrawn: 'neutral',
}

const Line = ({ command, ofSeveral, onWithdraw }: { command: CommandRow; ofSeveral: boolean; onWithdraw: ((id: string) => void) | null }) => {
  const { t } = useTranslation('seal')
  const name = t(`name.${command.name as keyof (typeof texts)['name']}`, { defaultValue: command.name })
  const values = Object.entries(command.params).map(([key, value]) => `${key} ${String(value)}`)
  return (
    <li className={css.alarm}>
      <StatusBadge tone={tones[command.state]}>{t(`state.${command.state}`)}</StatusBadge>
      <strong>{name}</strong>
      {ofSeveral && <bdi className="mono">{command.deviceId}</bdi>}
      {values.length > 0 && <bdi className="mono muted">{values.join(', ').slice(0, 60)}</bdi>}
      <span className="muted">
        {t('by')} <bdi>{command.askedBy}</bdi>, <Instant at={command.askedAt} />
      </span>
      {command.answeredAt ? (
        <Instant at={command.answeredAt} />
      ) : (
        <span className="muted">
          {t('until')} <Instant at={command.expiresAt} />
          {command.attempts > 1 && ` · ${t('tries', { count: command.attempts })}`}
        </span>
      )}
      {onWithdraw && command.state === 'queued' && (
        <span className={css.acts}>
          <Button size="sm" onClick={() => onWithdraw(command.id)}>
            {t('withdraw')}
          </Button>
        </span>
      )}
    </li>
  )
}

export const Commands = ({ trip, isOver }: { trip: Trip; isOver: boolean }) => {
  const { t } = useTranslation('seal')
  const may = useCan()('supervision:seal:command')
  const commands = useCommands(trip.id)
  const [isOpen, setOpen] = useState(false)
  const withdraw = useCommand<string>({
    path: (id) => `/api/supervision/commands/${id}/withdraw`,
    body: () => undefined,
    refresh: [tripKey(trip.id)],
    onDone: () => toast(t('withdrawn'), { tone: 'ok' }),
  })
  if (!commands || (isOver && commands.length === 0)) return null
  const action = may && !isOver && (
    <Button size="sm" onClick={() => setOpen(true)}>
      {t('add')}
    </Button>
  )
  return (
    <Section title={t('title')} count={commands.length} actions={action || undefined}>
      {commands.length === 0 && <p className="muted">{t('none')}</p>}
      <ul className={css.alarms}>
        {commands.map((command) => (
          <Line key={command.id} command={command} ofSeveral={trip.seals.length > 1} onWithdraw={may ? (id) => void withdraw.run(id) : null} />
        ))}
      </ul>
      {withdraw.problem && <ProblemNote problem={withdraw.problem} />}
      {isOpen && <CommandDialog trip={trip} onClose={() => setOpen(false)} />}
    </Section>
  )
}
