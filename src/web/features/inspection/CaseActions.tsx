/** What may be done with a case that is not being read: the bench records what it finds, the supervisor calls back what the machine cleared. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { caseTransitions, threatClasses, type CaseView, type ThreatClass } from '#schema/inspection'
import { useCan } from '../../app/session.ts'
import { useCommand } from '../../app/use-command.ts'
import { DecisionBar, type Decision } from '../../ui/DecisionBar.tsx'
import { Checkbox, Choice } from '../../ui/fields.tsx'
import { casesPath } from './centre-data.ts'
import { CaseBadge } from './centre-words.tsx'
import { refreshOfCase } from './use-claim.ts'
import css from './centre.module.css'

type Act = { name: 'open' | 'close' | 'recall'; body?: object }

const answers = ['yes', 'no'] as const
type Answer = (typeof answers)[number]

/** Asked where something was declared: later pictures of such goods are held against what the bench found to be true. */
const AsDeclared = ({ said, onChange }: { said: Answer | undefined; onChange: (said: Answer) => void }) => {
  const { t } = useTranslation('centre')
  return (
    <Choice
      inline
      label={t('bench.asDeclared')}
      options={answers.map((value) => ({ value, label: t(`bench.declared.${value}`) }))}
      value={said}
      onChange={(value) => onChange(value === 'yes' ? 'yes' : 'no')}
    />
  )
}

const Found = ({ found, onChange }: { found: readonly ThreatClass[]; onChange: (found: ThreatClass[]) => void }) => {
  const { t } = useTranslation('centre')
  return (
    <fieldset className={css.group}>
      <legend>{t('bench.found')}</legend>
      <p className="muted">{t('bench.nothing')}</p>
      <div className={css.found}>
        {threatClasses.map((id) => (
          <Checkbox
            key={id}
            label={t(`threat.${id}`)}
            value={found.includes(id)}
            onChange={(ticked) => onChange(ticked ? [...found, id] : found.filter((one) => one !== id))}
          />
        ))}
      </div>
    </fieldset>
  )
}

export const CaseActions = ({ c }: { c: CaseView }) => {
  const { t } = useTranslation('centre')
  const can = useCan()
  const [found, setFound] = useState<ThreatClass[]>([])
  const [said, setSaid] = useState<Answer>()
  const command = useCommand<Act, CaseView>({
    path: ({ name }) => `${casesPath}/${c.id}/${name}`,
    body: ({ body }) => body,
    refresh: refreshOfCase(c.id),
  })
  const may = (name: Act['name']): boolean => {
    const way = caseTransitions[c.status][name]
    return way !== undefined && can(way.permission)
  }
  const actions: Decision[] = [
    ...(may('open')
      ? [
          {
            id: 'open',
            kind: 'primary' as const,
            label: t('bench.open'),
            consequences: t('bench.openText'),
            grounds: 'optional' as const,
            extra: (
              <>
                <Found found={found} onChange={setFound} />
                {c.matched && <AsDeclared said={said} onChange={setSaid} />}
              </>
            ),
            run: (remarks: string) => command.run({ name: 'open', body: { found, remarks, ...(said && { asDeclared: said === 'yes' }) } }),
          },
        ]
      : []),
    ...(may('close')
      ? [
          {
            id: 'close',
            kind: 'primary' as const,
            label: t('bench.close'),
            consequences: t('bench.closeText'),
            run: () => command.run({ name: 'close' }),
          },
        ]
      : []),
    ...(may('recall')
      ? [
          {
            id: 'recall',
            label: t('bench.recall'),
            consequences: t('bench.recallText'),
            grounds: 'required' as const,
            groundsLabel: t('bench.why'),
            run: (reason: string) => command.run({ name: 'recall', body: { reason } }),
          },
        ]
      : []),
  ]
  return <DecisionBar actions={actions} status={<CaseBadge status={c.status} />} />
}
