/** Response units: who there is, where they are, what they do; added, changed and retired here. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { UnitNow } from '#schema/supervision'
import { problemIn } from '../../../app/api.ts'
import { useCan } from '../../../app/session.ts'
import { useCommand } from '../../../app/use-command.ts'
import { StatusBadge, type Tone } from '../../../ui/Badge.tsx'
import { Button } from '../../../ui/Button.tsx'
import { useConfirm } from '../../../ui/Dialog.tsx'
import { ProblemNote } from '../../../ui/IssueList.tsx'
import { Empty, Loading, Row, Section } from '../../../ui/Layout.tsx'
import { Page } from '../../../ui/Page.tsx'
import { PlainTable, type Cell } from '../../../ui/PlainTable.tsx'
import { toast } from '../../../ui/toast.tsx'
import { Id, Instant } from '../../../ui/Values.tsx'
import { UnitDialog } from './UnitDialog.tsx'
import { unitsKey, unitsPath, useUnitsNow } from './units.ts'

const toneOf = ({ assignment, onDuty }: UnitNow): Tone => (assignment ? 'warning' : onDuty ? 'ok' : 'neutral')

export const Doing = ({ unit }: { unit: UnitNow }) => {
  const { t } = useTranslation('units')
  const { assignment } = unit
  return <StatusBadge tone={toneOf(unit)}>{t(assignment ? `doing.${assignment.state}` : unit.onDuty ? 'doing.free' : 'doing.off')}</StatusBadge>
}

const Acts = ({ unit, onChange }: { unit: UnitNow; onChange: () => void }) => {
  const { t } = useTranslation('units')
  const ask = useConfirm()
  const retire = useCommand<undefined, { id: string }>({
    path: `${unitsPath}/${unit.id}/retire`,
    body: () => ({}),
    refresh: [unitsKey],
    onDone: () => toast(t('retired', { unit: unit.name }), { tone: 'ok' }),
  })
  const end = async (): Promise<void> => {
    if (await ask({ title: t('retireTitle', { unit: unit.name }), text: t('retireText'), confirm: t('retire'), danger: true }))
      await retire.run(undefined)
  }
  return (
    <Row>
      <Button size="sm" onClick={onChange}>
        {t('changeShort')}
      </Button>
      {!unit.busy && (
        <Button size="sm" pending={retire.pending} onClick={() => void end()}>
          {t('retire')}
        </Button>
      )}
      {retire.problem && <ProblemNote problem={retire.problem} />}
    </Row>
  )
}

const placeDigits = 4

const UnitsPage = () => {
  const { t } = useTranslation('units')
  const may = useCan()('supervision:incident:work')
  const found = useUnitsNow()
  const [asked, setAsked] = useState<{ unit: UnitNow | null } | null>(null)
  const row = (unit: UnitNow): Cell[] => [
    { text: <Link to={`/supervision/units/${unit.id}`}>{unit.name}</Link> },
    { text: t(`kinds.${unit.kind}`) },
    { text: <Id value={unit.office} plain /> },
    { text: <Doing unit={unit} /> },
    {
      text: unit.assignment ? (
        <Link to={`/supervision/incidents/${unit.assignment.incidentId}`}>{unit.assignment.number}</Link>
      ) : (
        <span className="muted">–</span>
      ),
    },
    {
      text: (
        <>
          <span className="number">{`${unit.lat.toFixed(placeDigits)}, ${unit.lon.toFixed(placeDigits)}`}</span>{' '}
          <Instant at={unit.positionAt} form="relative" />
        </>
      ),
    },
    { text: <bdi className="mono">{unit.phone}</bdi> },
    ...(may ? [{ text: <Acts unit={unit} onChange={() => setAsked({ unit })} /> }] : []),
  ]
  const head = ['name', 'kind', 'office', 'does', 'case', 'place', 'phone', ...(may ? ['acts'] : [])] as ('name' | 'acts')[]
  return (
    <Page
      title={t('title')}
      actions={
        may && (
          <Button kind="primary" icon="plus" onClick={() => setAsked({ unit: null })}>
            {t('add')}
          </Button>
        )
      }
    >
      {found.isPending && <Loading />}
      {found.error && <ProblemNote problem={problemIn(found.error)} onRetry={() => void found.refetch()} />}
      {found.data?.length === 0 && <Empty title={t('none')} text={t('noneText')} />}
      {found.data && found.data.length > 0 && (
        <Section title={t('title')} count={found.data.length} flush>
          <PlainTable caption={t('title')} head={head.map((name) => ({ text: t(name) }))} rows={found.data.map(row)} />
        </Section>
      )}
      {asked && <UnitDialog unit={asked.unit} onClose={() => setAsked(null)} />}
    </Page>
  )
}
export default UnitsPage
