/** The reconciliation desk: what the bank reported and nothing matched, files of the bank in, payment files out. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportResult } from '#schema/duty'
import { useSession } from '../../app/session.ts'
import { useCommand } from '../../app/use-command.ts'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Note, Stack } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { Entries } from './Entries.tsx'
import { BankFiles, Orders, PaymentFiles } from './Files.tsx'

const Import = () => {
  const { t } = useTranslation('revenue')
  const [result, setResult] = useState<ImportResult | null>(null)
  const take = useCommand<Blob, ImportResult>({ path: '/api/bank-files', refresh: [['list'], ['count'], ['revenue']], onDone: setResult })
  const send = (files: readonly File[]): void => {
    const [file] = files
    if (file) void take.run(new Blob([file], { type: 'application/xml' }))
  }
  return (
    <Stack>
      <FileDrop label={t('takeIn')} hint={t('takeInHint')} accept={['.xml']} maxBytes={10 * 2 ** 20} pending={take.pending} onFiles={send} />
      {take.problem && <ProblemNote problem={take.problem} />}
      {result && (
        <Note tone={result.unmatched > 0 ? 'warning' : 'ok'} live title={t('takenIn', { matched: result.matched, entries: result.entries })}>
          {t('takenInText', { unmatched: result.unmatched, repeated: result.repeated })}
        </Note>
      )}
    </Stack>
  )
}

const BankPage = () => {
  const { t } = useTranslation('revenue')
  const { permissions } = useSession()
  return (
    <Page title={t('bank')}>
      <Stack>
        {permissions.includes('duty:reconciliation:work') && <Import />}
        <Tabs
          label={t('bank')}
          tabs={[
            { id: 'entries', label: t('entries'), content: <Entries /> },
            { id: 'orders', label: t('orders'), content: <Orders /> },
            { id: 'out', label: t('paymentFiles'), content: <PaymentFiles /> },
            { id: 'in', label: t('bankFiles'), content: <BankFiles /> },
          ]}
        />
      </Stack>
    </Page>
  )
}
export default BankPage
