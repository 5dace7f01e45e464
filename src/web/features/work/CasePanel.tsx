/** `<CasePanel view={caseView} />`: what an officer sees beside a case: who holds it, lane and why, controls, requests, what keeps the goods. */
import { useTranslation } from 'react-i18next'
import type { CaseView, Control } from '#schema/clearance'
import { useCan, useSession } from '../../app/session.ts'
import { LaneBadge, StatusBadge, type Tone } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Diff } from '../../ui/Diff.tsx'
import { Note, Section, Stack } from '../../ui/Layout.tsx'
import { AgeBar } from '../../ui/Progress.tsx'
import { Instant } from '../../ui/Values.tsx'
import { inOneLine, useElementLabel } from '../declaration/elements.ts'
import { Doubts } from '../tariff/search/Fit.tsx'
import { Assignment } from './Assignment.tsx'
import { instructionOf, isolated, useReasonText } from './reasons.tsx'
import css from './work.module.css'

export const controlTone: Record<Control['status'], Tone> = {
  open: 'warning',
  conform: 'ok',
  discrepant: 'danger',
  resolved: 'ok',
  waived: 'neutral',
}

/** Names under which the administration itself sets a lane. */
const automatic = new Set(['selection', 'system'])

const LaneSection = ({ view }: { view: CaseView }) => {
  const { t } = useTranslation('work')
  const say = useReasonText()
  const lane = view.state.lane
  if (!lane) return null
  return (
    <Section title={t('panel.lane')} actions={<LaneBadge lane={lane.lane} />}>
      <ul className={css.reasons}>
        {lane.reasons.map((reason, at) => (
          <li key={`${reason.code}${at}`}>{say(reason)}</li>
        ))}
      </ul>
      <p className={css.small}>
        {!automatic.has(lane.by) && <>{t('panel.lanedBy', { by: lane.by })} · </>}
        <Instant at={lane.at} form="relative" />
      </p>
    </Section>
  )
}

const ControlEntry = ({ control, mrn }: { control: Control; mrn: string }) => {
  const { t } = useTranslation('work')
  const say = useReasonText()
  const name = useElementLabel()
  const can = useCan()
  const instructions = [...new Set(control.reasons.map(instructionOf).filter((text) => text !== undefined))]
  return (
    <li className={css.control}>
      <div className={css.controlHead}>
        <strong>{t(`kind.${control.kind}`)}</strong>
        <StatusBadge tone={controlTone[control.status]}>{t(`controlStatus.${control.status}`)}</StatusBadge>
        {control.status === 'open' && <AgeBar since={control.openedAt} dueAt={control.dueAt} />}
      </div>
      {control.reasons.map((reason, at) => (
        <p key={`${reason.code}${at}`} className={css.small}>
          {say(reason)}
        </p>
      ))}
      {instructions.map((text) => (
        <p key={text} className={css.instruction}>
          {t('panel.instruction', { text: isolated(text) })}
        </p>
      ))}
      {control.result && (
        <>
          <p>{t('panel.recordedBy', { by: control.result.by, remarks: control.result.remarks })}</p>
          <p className={css.small}>
            <Instant at={control.result.at} form="relative" />
          </p>
          {control.result.findings.length > 0 && (
            <ul className={css.reasons}>
              {control.result.findings.map((finding, at) => (
                // Findings have no name of their own; they never change once recorded.
                <li key={at} className={css.found}>
                  <strong>
                    {finding.path ? name(finding.path) : finding.itemNumber ? t('panel.line', { number: finding.itemNumber }) : t('finding.whole')}
                  </strong>
                  {finding.declared !== undefined && (
                    <span>
                      <span className="muted">{t('finding.declared')}</span> {finding.declared}
                    </span>
                  )}
                  <span>
                    <span className="muted">{t('finding.found')}</span> {finding.found}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
      {control.status === 'open' && control.kind === 'physical' && can('clearance:control:physical') && (
        <Button size="sm" to={`/examinations/${mrn}/${control.id}`}>
          {t('panel.examine')}
        </Button>
      )}
    </li>
  )
}

const Request = ({ view }: { view: CaseView }) => {
  const { t } = useTranslation('work')
  const name = useElementLabel()
  const request = view.state.request
  if (!request) return null
  const changes = request.unreported?.changes ?? []
  return (
    <Section title={t(`panel.request.${request.kind}`, { by: request.by })}>
      <Stack>
        <p className={css.small}>
          <Instant at={request.requestedAt} />
        </p>
        <p>{t('panel.requestReason', { reason: request.reason })}</p>
        {request.approval && <Note tone="warning">{t('panel.requestApproved', { by: request.approval.by })}</Note>}
        {request.kind === 'invalidation' && <Note tone="warning">{t('panel.wholeDeclaration')}</Note>}
        {changes.length > 0 && (
          <>
            <p className={css.small}>{t('panel.changes', { count: changes.length })}</p>
            <Diff
              changes={changes.map((change) => ({
                id: change.path,
                label: name(change.path),
                old: inOneLine(change.old),
                new: inOneLine(change.new),
              }))}
            />
          </>
        )}
      </Stack>
    </Section>
  )
}

const Holds = ({ view }: { view: CaseView }) => {
  const { t } = useTranslation('work')
  const say = useReasonText()
  const { state, holds } = view
  return (
    <Section title={t('panel.holds')}>
      <Stack>
        {holds.length === 0 ? (
          <p className="muted">{t('panel.noHolds')}</p>
        ) : (
          <ul className={css.reasons}>
            {holds.map((hold, at) => (
              <li key={`${hold.code}${at}`}>{say(hold)}</li>
            ))}
          </ul>
        )}
        {state.requirements.map((requirement) => (
          <p key={requirement.id}>
            {t(`requirement.${requirement.kind}`)} {requirement.reference}{' '}
            <StatusBadge tone={requirement.status === 'fulfilled' ? 'ok' : requirement.status === 'refused' ? 'danger' : 'warning'}>
              {t(`requirement.${requirement.status}`)}
            </StatusBadge>
          </p>
        ))}
      </Stack>
    </Section>
  )
}

export const CasePanel = ({ view }: { view: CaseView }) => {
  const { t } = useTranslation('work')
  const { person } = useSession()
  const { state } = view
  return (
    <Stack>
      <Assignment view={view} me={person.id} />
      {state.proposal && (
        <Note tone="warning" title={t('panel.proposal', { by: state.proposal.by })}>
          {state.proposal.reason}
        </Note>
      )}
      <Request view={view} />
      <LaneSection view={view} />
      <Section title={t('panel.controls')} count={state.controls.length}>
        {state.controls.length === 0 ? (
          <p className="muted">{t('panel.noControls')}</p>
        ) : (
          <ul className={css.controls}>
            {state.controls.map((control) => (
              <ControlEntry key={control.id} control={control} mrn={state.mrn} />
            ))}
          </ul>
        )}
      </Section>
      <Doubts
        lines={state.document.items.map(({ itemNumber, hsCode, description }) => ({
          number: itemNumber ?? 0,
          code: hsCode ?? '',
          text: description ?? '',
        }))}
      />
      <Holds view={view} />
    </Stack>
  )
}
