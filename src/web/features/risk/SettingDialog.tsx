/** Proposes other rates or another capacity for an office or the country. A second person decides; what is wrong stands at its field. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { RiskProposal, Setting } from '#schema/risk'
import { useCommand } from '../../app/use-command.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { DecimalField, FieldRow, TextArea } from '../../ui/fields.tsx'
import { Form, useForm } from '../../ui/form.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { toast } from '../../ui/toast.tsx'
import { draftIssues, draftOf, settingOf, type SettingDraft } from './setting-draft.ts'

export type Place = { /** what holds there now */ setting: Setting; /** '' is the country */ office: string; name: string; national: Setting | null }

const Fields = () => {
  const { t } = useTranslation('risk')
  const minutes = t('capacity.minutes')
  return (
    <>
      <FieldRow>
        <DecimalField path="/content/capacityMinutes" label={t('setting.capacityMinutes')} hint={t('setting.capacityHint')} unit={minutes} />
        <DecimalField path="/content/physicalMinutes" label={t('setting.physicalMinutes')} unit={minutes} />
        <DecimalField path="/content/documentaryMinutes" label={t('setting.documentaryMinutes')} unit={minutes} />
      </FieldRow>
      <FieldRow>
        <DecimalField path="/content/expectedRate/red" label={t('setting.expectedRed')} unit="%" />
        <DecimalField path="/content/expectedRate/yellow" label={t('setting.expectedYellow')} unit="%" />
        <DecimalField path="/content/expectedRate/blue" label={t('setting.expectedBlue')} unit="%" />
      </FieldRow>
      <FieldRow>
        <DecimalField path="/content/minimumRandomRate" label={t('setting.minimumRandomRate')} unit="%" />
        <DecimalField path="/content/explorationShare" label={t('setting.explorationShare')} hint={t('setting.explorationHint')} unit="%" />
        <DecimalField path="/content/trustedFactor" label={t('setting.trustedFactor')} hint={t('setting.trustedHint')} />
      </FieldRow>
      <TextArea path="/reason" label={t('setting.reason')} rows={2} maxLength={2000} />
    </>
  )
}

export const SettingDialog = ({ place, onClose }: { place: Place; onClose: () => void }) => {
  const { t } = useTranslation(['risk', 'common'])
  const where = { administration: place.setting.administration, office: place.office }
  const initial = useMemo(() => draftOf(place.setting), [place.setting])
  const form = useForm<SettingDraft>({ initial, validate: (draft) => draftIssues(draft, where, place.national) })
  const propose = useCommand<SettingDraft, RiskProposal>({
    path: '/api/risk/settings',
    body: (draft) => ({ reason: draft.reason?.trim() ?? '', content: settingOf(draft, where) }),
    refresh: [['risk', 'capacity']],
    onDone: () => {
      toast(t('placed'), { tone: 'ok' })
      onClose()
    },
  })
  return (
    <Dialog open size="xl" title={t('setting.title', { place: place.name })} onClose={onClose} firm={form.dirty}>
      <Form
        form={form}
        onSubmit={(draft) => propose.run(draft)}
        actions={
          <>
            <Button onClick={onClose}>{t('common:cancel')}</Button>
            <Button kind="primary" type="submit" pending={propose.pending}>
              {t('setting.propose')}
            </Button>
          </>
        }
      >
        {propose.problem && propose.issues.length === 0 && <ProblemNote problem={propose.problem} />}
        <Fields />
      </Form>
    </Dialog>
  )
}
