/** Asks before loading or arrival, or orders not to load. The order says what it will do. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { referralKinds, type Referral } from '#schema/risk'
import { useCommand } from '../../app/use-command.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Choice, DecimalField, TextArea, TextField } from '../../ui/fields.tsx'
import { Form, useForm } from '../../ui/form.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Note } from '../../ui/Layout.tsx'
import { toast } from '../../ui/toast.tsx'
import { askOf, referralIssues, type ReferralDraft } from './referral-draft.ts'

export const ReferralDialog = ({ previous, onClose }: { /** the one that this follows */ previous?: Referral | undefined; onClose: () => void }) => {
  const { t } = useTranslation(['referral', 'common'])
  const [initial] = useState<ReferralDraft>(previous ? { reference: previous.reference, previousId: previous.id } : {})
  const form = useForm<ReferralDraft>({ initial, validate: referralIssues })
  const issue = useCommand<ReferralDraft, Referral>({
    path: '/api/risk/referrals',
    body: askOf,
    refresh: [['risk', 'referrals']],
    onDone: () => {
      toast(t('issued'), { tone: 'ok' })
      onClose()
    },
  })
  const orders = form.value.kind === 'DNL'
  return (
    <Dialog open size="lg" title={t(previous ? 'again' : 'issue')} onClose={onClose} firm={form.dirty}>
      <Form
        form={form}
        onSubmit={(draft) => issue.run(draft)}
        actions={
          <>
            <Button onClick={onClose}>{t('common:cancel')}</Button>
            <Button kind={orders ? 'danger' : 'primary'} type="submit" pending={issue.pending}>
              {t(orders ? 'order' : 'send')}
            </Button>
          </>
        }
      >
        {issue.problem && issue.issues.length === 0 && <ProblemNote problem={issue.problem} />}
        <Choice
          path="/kind"
          label={t('what')}
          options={referralKinds.map((value) => ({ value, label: t(`kind.${value}`), hint: t(`about.${value}`) }))}
        />
        <TextField path="/reference" label={t('reference')} mono upper maxLength={18} readOnly={previous !== undefined} />
        <TextArea path="/question" label={t(orders ? 'grounds' : 'question')} rows={3} maxLength={2000} />
        {orders ? (
          <Note tone="warning">{t('orderText')}</Note>
        ) : (
          <DecimalField path="/hours" label={t('hours')} hint={t('hoursHint')} unit={t('hoursUnit')} />
        )}
      </Form>
    </Dialog>
  )
}
