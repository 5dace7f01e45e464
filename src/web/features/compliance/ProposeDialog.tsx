/** Proposes to authorise an operator; another person must approve it. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { error, type Issue } from '#kernel/issue.ts'
import { authorisationKinds, type Authorisation } from '#schema/compliance'
import { useCommand } from '../../app/use-command.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Choice, DateField, FieldRow, TextArea, TextField } from '../../ui/fields.tsx'
import { Form, useForm } from '../../ui/form.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { toast } from '../../ui/toast.tsx'

type Draft = { kind?: string; holder?: string; validFrom?: string; validTo?: string; reason?: string }

const wrong = (d: Draft): Issue[] => [
  ...(['kind', 'holder', 'validFrom', 'reason'] as const).flatMap((name) => (d[name]?.trim() ? [] : [error('form.required', `/${name}`)])),
  ...(d.holder && !/^[A-Z]{2}[A-Z0-9]{1,15}$/.test(d.holder) ? [error('form.does_not_fit', '/holder')] : []),
  ...(d.validTo && d.validFrom && d.validTo < d.validFrom ? [error('compliance.validity', '/validTo')] : []),
]

export const ProposeDialog = ({ onClose }: { onClose: () => void }) => {
  const { t } = useTranslation(['compliance', 'common'])
  const [initial] = useState<Draft>({})
  const form = useForm<Draft>({ initial, validate: wrong })
  const propose = useCommand<Draft, Authorisation>({
    path: '/api/compliance/authorisations',
    body: ({ reason, ...d }) => ({ ...d, reason: reason?.trim() ?? '' }),
    refresh: [['compliance']],
    onDone: () => {
      toast(t('proposed'), { tone: 'ok' })
      onClose()
    },
  })
  return (
    <Dialog open size="lg" title={t('propose')} onClose={onClose} firm={form.dirty}>
      <Form
        form={form}
        onSubmit={(draft) => propose.run(draft)}
        actions={
          <>
            <Button onClick={onClose}>{t('common:cancel')}</Button>
            <Button kind="primary" type="submit" pending={propose.pending}>
              {t('propose')}
            </Button>
          </>
        }
      >
        {propose.problem && propose.issues.length === 0 && <ProblemNote problem={propose.problem} />}
        <TextField path="/holder" label={t('holder')} mono upper maxLength={17} />
        <Choice
          path="/kind"
          label={t('what')}
          options={authorisationKinds.map((value) => ({ value, label: t(`kind.${value}`), hint: t(`about.${value}`) }))}
        />
        <FieldRow>
          <DateField path="/validFrom" label={t('validFrom')} />
          <DateField path="/validTo" label={t('validTo')} hint={t('validToHint')} />
        </FieldRow>
        <TextArea path="/reason" label={t('reason')} rows={3} maxLength={2000} />
      </Form>
    </Dialog>
  )
}
