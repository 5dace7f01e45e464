/** What the carrier is fined in a case, and what is known against it from before. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { decimal } from '#kernel/decimal.ts'
import { toMoney } from '#kernel/money.ts'
import type { Incident } from '#schema/supervision'
import { useCan } from '../../app/session.ts'
import { useCommand } from '../../app/use-command.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { MoneyField, Select, TextArea, TextField, type Amount } from '../../ui/fields.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Section, Stack } from '../../ui/Layout.tsx'
import { toast } from '../../ui/toast.tsx'
import { Instant, Money } from '../../ui/Values.tsx'
import { incidentKey, incidentsPath, useOffences } from './incidents.ts'
import css from './supervision.module.css'

type Fine = { law: string; grounds: string; amount: Amount | undefined; weight: string }
const weights = Array.from({ length: 10 }, (_, n) => String(n + 1))

const FineDialog = ({ incident, onClose }: { incident: Incident; onClose: () => void }) => {
  const { t } = useTranslation(['incident', 'common'])
  const [fine, setFine] = useState<Fine>({ law: 'UCC Art. 42', grounds: '', amount: { currency: 'VRC' }, weight: '5' })
  const impose = useCommand<Fine, Incident>({
    path: `${incidentsPath}/${incident.id}/penalties`,
    body: ({ law, grounds, amount, weight }) => ({
      law,
      grounds,
      amount: toMoney(decimal(amount?.amount ?? '0'), amount?.currency ?? '', 'half-up'),
      weight: Number(weight),
    }),
    refresh: [incidentKey(incident.id)],
    onDone: () => {
      toast(t('penalty.done'), { tone: 'ok' })
      onClose()
    },
  })
  return (
    <Dialog
      open
      title={t('penalty.add')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" pending={impose.pending} onClick={() => void impose.run(fine)}>
            {t('penalty.confirm')}
          </Button>
        </>
      }
    >
      <Stack>
        <TextField label={t('penalty.law')} value={fine.law} maxLength={200} onChange={(law) => setFine({ ...fine, law: law ?? '' })} />
        <TextArea
          label={t('penalty.grounds')}
          rows={2}
          maxLength={2000}
          value={fine.grounds}
          onChange={(grounds) => setFine({ ...fine, grounds: grounds ?? '' })}
        />
        <MoneyField label={t('penalty.amount')} value={fine.amount} currencies={['VRC']} onChange={(amount) => setFine({ ...fine, amount })} />
        <Select
          label={t('penalty.weight')}
          width="s"
          options={weights.map((value) => ({ value, label: value }))}
          value={fine.weight}
          onChange={(weight) => setFine({ ...fine, weight: weight ?? '5' })}
        />
        {impose.problem && <ProblemNote problem={impose.problem} />}
      </Stack>
    </Dialog>
  )
}

export const Fines = ({ incident }: { incident: Incident }) => {
  const { t } = useTranslation('incident')
  const leads = useCan()('supervision:incident:lead')
  const offences = useOffences(incident.id, leads)
  const [isOpen, setOpen] = useState(false)
  const before = offences?.filter((o) => o.reference !== incident.number)
  const may = leads && incident.status === 'open' && incident.carrier !== null
  return (
    <Section
      title={t('penalty.title')}
      count={incident.penalties.length}
      actions={
        may && (
          <Button size="sm" onClick={() => setOpen(true)}>
            {t('penalty.add')}
          </Button>
        )
      }
    >
      {incident.penalties.length === 0 && <p className="muted">{t('penalty.none')}</p>}
      <ul className={css.alarms}>
        {incident.penalties.map((p) => (
          <li key={p.at} className={css.alarm}>
            <strong>
              <Money value={p.amount} />
            </strong>
            <bdi>{p.law}</bdi>
            <bdi className="muted">{p.grounds}</bdi>
            <Instant at={p.at} />
          </li>
        ))}
      </ul>
      {leads && incident.carrier !== null && before && (
        <>
          <h3>{t('penalty.before')}</h3>
          {before.length === 0 && <p className="muted">{t('penalty.clean')}</p>}
          <ul className={css.alarms}>
            {before.map((o) => (
              <li key={`${o.reference}${o.at}`} className={css.alarm}>
                <bdi className="mono">{o.reference}</bdi>
                <bdi>{o.kind}</bdi>
                <span className="muted">{t('penalty.weighs', { weight: o.weight })}</span>
                <Money value={o.amount} />
                <Instant at={o.at} />
              </li>
            ))}
          </ul>
        </>
      )}
      {isOpen && <FineDialog incident={incident} onClose={() => setOpen(false)} />}
    </Section>
  )
}
