// Buttons, badges, values, ages, notes, progress, what comes over the page.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LaneBadge, StatusBadge } from '../../ui/Badge.tsx'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Dialog, useConfirm } from '../../ui/Dialog.tsx'
import { Columns, Empty, KeyValue, Note, Row, Section, Stack } from '../../ui/Layout.tsx'
import { ContextPanel, showPanel } from '../../ui/Page.tsx'
import { AgeBar, ProgressBar } from '../../ui/Progress.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { toast } from '../../ui/toast.tsx'
import { Elide, Id, Instant, LegalDate, Mass, Money, Quantity } from '../../ui/Values.tsx'
import { before, rows } from './sample.ts'

const Buttons = () => {
  const { t } = useTranslation('kit')
  return (
    <Section title={t('buttons')}>
      <Row>
        <Button kind="primary">{t('primary')}</Button>
        <Button icon="check">{t('secondary')}</Button>
        <Button kind="quiet" icon="copy">
          {t('quiet')}
        </Button>
        <Button kind="danger">{t('danger')}</Button>
        <Button disabled>{t('disabled')}</Button>
        <Button kind="primary" pending>
          {t('pending')}
        </Button>
        <Button size="sm">{t('secondary')}</Button>
        <IconButton icon="print" label={t('quiet')} />
      </Row>
    </Section>
  )
}

const Badges = () => {
  const { t } = useTranslation('kit')
  return (
    <Section title={t('badges')}>
      <Row>
        <LaneBadge lane="green" />
        <LaneBadge lane="yellow" />
        <LaneBadge lane="red" />
        <LaneBadge lane="blue" />
        <LaneBadge lane="red" compact />
        <StatusBadge>{t('lodged')}</StatusBadge>
        <StatusBadge tone="warning">{t('underControl')}</StatusBadge>
        <StatusBadge tone="info">{t('paymentDue')}</StatusBadge>
        <StatusBadge tone="ok">{t('released')}</StatusBadge>
        <StatusBadge tone="danger">{t('rejected')}</StatusBadge>
        <StatusBadge tone="accent">{t('amended')}</StatusBadge>
      </Row>
    </Section>
  )
}

const ValueParts = () => {
  const { t } = useTranslation('kit')
  return (
    <Section title={t('values')}>
      <KeyValue
        columns={4}
        items={[
          { label: t('amount'), value: <Money value={{ minor: 12_345_678_90, currency: 'VRC' }} /> },
          { label: t('mass'), value: <Mass kg="1250.500" /> },
          { label: t('quantity'), value: <Quantity value="12" unit="NAR" /> },
          { label: t('date'), value: <LegalDate date="2026-11-25" /> },
          { label: t('instant'), value: <Instant at={before(3.2)} /> },
          { label: t('relative'), value: <Instant at={before(50)} form="relative" /> },
          { label: t('mrn'), value: <Id value={rows[0]!.mrn} label={t('mrn')} /> },
          { label: t('longName'), value: <Elide max="11rem">{rows[1]!.importer}</Elide> },
          { label: t('missing'), value: <Money value={null} /> },
        ]}
      />
    </Section>
  )
}

const Ages = () => {
  const { t } = useTranslation('kit')
  return (
    <Section title={t('age')}>
      <KeyValue
        columns={4}
        items={[
          { label: t('calm'), value: <AgeBar since={before(2)} dueAt={before(-10)} /> },
          { label: t('soon'), value: <AgeBar since={before(10)} dueAt={before(-1)} /> },
          { label: t('late'), value: <AgeBar since={before(30)} dueAt={before(4)} /> },
          { label: t('open'), value: <AgeBar since={before(55)} /> },
        ]}
      />
    </Section>
  )
}

const Notes = () => {
  const { t } = useTranslation('kit')
  return (
    <Section title={t('notes')}>
      <Stack>
        <Note>{t('noteInfo')}</Note>
        <Note tone="ok">{t('noteOk')}</Note>
        <Note tone="warning">{t('noteWarning')}</Note>
        <Note tone="danger">{t('noteDanger')}</Note>
        <Empty title={t('emptyTitle')} text={t('emptyText')} action={<Button kind="primary">{t('emptyAction')}</Button>} />
      </Stack>
    </Section>
  )
}

const Overlays = () => {
  const { t } = useTranslation(['kit', 'common'])
  const ask = useConfirm()
  const [open, setOpen] = useState(false)
  const undo = { label: t('common:undo'), run: () => undefined }
  return (
    <Section title={t('overlays')}>
      <Row>
        <Button onClick={() => setOpen(true)}>{t('openDialog')}</Button>
        <Button onClick={() => void ask({ title: t('askTitle'), text: t('askText'), confirm: t('delete'), danger: true })}>{t('ask')}</Button>
        <Button onClick={() => toast(t('worked'), { tone: 'ok' })}>{t('sayOk')}</Button>
        <Button onClick={() => toast(t('worked'), { tone: 'ok', action: undo })}>{t('sayUndo')}</Button>
        <Button onClick={() => showPanel(true)}>{t('panel')}</Button>
      </Row>
      <Dialog
        open={open}
        title={t('openDialog')}
        onClose={() => setOpen(false)}
        actions={<Button onClick={() => setOpen(false)}>{t('conform')}</Button>}
      >
        <p>{t('dialogText')}</p>
      </Dialog>
      <ContextPanel title={t('panelTitle')}>
        <p>{t('panelText')}</p>
      </ContextPanel>
    </Section>
  )
}

export const SmallParts = () => {
  const { t } = useTranslation('kit')
  return (
    <>
      <Buttons />
      <Badges />
      <ValueParts />
      <Ages />
      <Columns aside={<Notes />}>
        <Overlays />
        <Section title={t('progress')}>
          <Stack>
            <ProgressBar value={0.42} label={t('reading')} estimateMs={12_000} onCancel={() => undefined} onLeave={() => undefined} />
            <ProgressBar label={t('waitingForServer')} />
          </Stack>
        </Section>
        <Section title={t('tabs')}>
          <Tabs
            label={t('tabs')}
            tabs={[
              { id: 'items', label: t('tabItems'), count: 3, content: <p>{t('tabItemsText')}</p> },
              { id: 'documents', label: t('tabDocuments'), count: 2, content: <p>{t('tabDocumentsText')}</p> },
            ]}
          />
        </Section>
      </Columns>
    </>
  )
}
