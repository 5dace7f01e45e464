/** Beginning a declaration: anew with what was the same last time, as a copy, from a spreadsheet, from a message file. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { CaseView, DeclarationDocument, DeclarationRow, DraftView, Regime } from '#schema/clearance'
import { get, send, type Problem } from '../../../app/api.ts'
import { useSession } from '../../../app/session.ts'
import { useCommand } from '../../../app/use-command.ts'
import { Button } from '../../../ui/Button.tsx'
import { CodeField, type CodeOption } from '../../../ui/CodeField.tsx'
import { Checkbox, Choice } from '../../../ui/fields.tsx'
import { FileDrop } from '../../../ui/FileDrop.tsx'
import { IssueList, ProblemNote } from '../../../ui/IssueList.tsx'
import { Row, Section, Stack } from '../../../ui/Layout.tsx'
import { Page } from '../../../ui/Page.tsx'
import { useCopy } from '../../declaration/CaseActions.tsx'
import { proposedLrn } from '../../declaration/lrn.ts'
import { useClientName, useForWhom } from '../../declaration/words.tsx'
import { useOperators } from '../parties.ts'
import { tidy } from './document.ts'
import { fresh, likeLast } from './defaults.ts'
import css from './filing.module.css'

const regimes = ['import', 'export', 'transit'] as const satisfies readonly Regime[]
const mostBytes = 10 * 2 ** 20

/** The newest declaration of this kind made in the client's name, if there is one. */
const lastOf = async (client: string, regime: string): Promise<DeclarationDocument | null> => {
  const { rows } = await get<{ rows: DeclarationRow[] }>('/api/declarations', {
    q: client,
    regime,
    size: 1,
    sort: '-lodgedAt',
    status: 'accepted,under-control,payment-due,released,cleared,exited',
  })
  const row = rows[0]
  return row ? (await get<CaseView>(`/api/declarations/${row.mrn}`)).state.document : null
}

const Anew = ({ onProblem }: { onProblem: (problem: Problem | null) => void }) => {
  const { t } = useTranslation('filing')
  const { organisation, represents } = useSession()
  const navigate = useNavigate()
  const operators = useOperators()
  const nameOf = useClientName()
  const own = organisation?.registrationId ?? null
  const [regime, setRegime] = useState<Regime>('import')
  const [client, setClient] = useState(represents.length === 1 ? (represents[0]?.registration ?? '') : '')
  const [fromLast, setFromLast] = useState(true)
  const [isMissing, setMissing] = useState(false)
  const begin = useCommand<{ document: DeclarationDocument }, DraftView>({ path: '/api/drafts', refresh: [['count'], ['list', '/api/drafts']] })
  const start = async (query: string): Promise<void> => {
    onProblem(null)
    if (client === '') return setMissing(true)
    const last = fromLast ? await lastOf(client, regime).catch(() => null) : null
    const document = { ...(last ? likeLast(last) : fresh({ regime, client, own, country: client.slice(0, 2) })), lrn: proposedLrn(new Date()) }
    const reply = await begin.run({ document: tidy(document) })
    if (reply.ok) await navigate(`/drafts/${reply.value.id}${query}`)
    else onProblem(reply.problem)
  }
  return (
    <>
      <Section title={t('start.anew')}>
        <Stack>
          <Choice
            label={t('start.kind')}
            value={regime}
            onChange={(value) => setRegime(regimes.find((one) => one === value) ?? 'import')}
            options={regimes.map((value) => ({ value, label: t(`start.${value}`), hint: t(`start.${value}Hint`) }))}
          />
          <CodeField
            label={t('start.client')}
            hint={t('start.clientHint')}
            width="l"
            source={operators}
            nameOf={nameOf}
            value={client}
            onChange={(value) => {
              setClient(value ?? '')
              setMissing(false)
            }}
            issues={isMissing ? [{ code: 'form.required', severity: 'error', path: '' }] : []}
          />
          <Checkbox label={t('start.fromLast')} hint={t('start.fromLastHint')} value={fromLast} onChange={(value) => setFromLast(value ?? false)} />
          <Row>
            <Button kind="primary" pending={begin.pending} onClick={() => void start('')}>
              {t('start.begin')}
            </Button>
            <Button onClick={() => void start('?step=goods&paste=1')}>{t('start.sheetDo')}</Button>
            <span className={css.hint}>{t('start.sheetHint')}</span>
          </Row>
        </Stack>
      </Section>
    </>
  )
}

const Copy = () => {
  const { t } = useTranslation('filing')
  const forWhom = useForWhom()
  const { copy, pending } = useCopy()
  const [mrn, setMrn] = useState('')
  const earlier = async (text: string, signal: AbortSignal): Promise<readonly CodeOption[]> =>
    (await get<{ rows: DeclarationRow[] }>('/api/declarations', { q: text, size: 20, sort: '-lodgedAt' }, { signal })).rows.map((row) => ({
      code: row.mrn,
      name: forWhom(row),
      hint: row.lrn,
    }))
  return (
    <Section title={t('start.copy')}>
      <Stack>
        <CodeField
          label={t('start.copyWhich')}
          placeholder={t('start.copyHint')}
          width="full"
          source={earlier}
          value={mrn}
          onChange={(value) => setMrn(value ?? '')}
        />
        <Row>
          <Button icon="copy" disabled={mrn.length !== 18} pending={pending} onClick={() => void copy(mrn)}>
            {t('start.copyDo')}
          </Button>
        </Row>
      </Stack>
    </Section>
  )
}

const FromFile = ({ onProblem }: { onProblem: (problem: Problem | null) => void }) => {
  const { t } = useTranslation('filing')
  const navigate = useNavigate()
  const [pending, setPending] = useState(false)
  const take = async (files: readonly File[]): Promise<void> => {
    const [file] = files
    if (!file) return
    setPending(true)
    onProblem(null)
    const reply = await send<DraftView>('POST', '/api/drafts/message', new Blob([file], { type: 'application/xml' }))
    setPending(false)
    if (reply.ok) await navigate(`/drafts/${reply.value.id}`)
    else onProblem(reply.problem)
  }
  return (
    <Section title={t('start.xml')}>
      <FileDrop
        label={t('start.xmlLabel')}
        hint={t('start.xmlHint')}
        accept={['.xml']}
        maxBytes={mostBytes}
        pending={pending}
        onFiles={(files) => void take(files)}
      />
    </Section>
  )
}

const NewPage = () => {
  const { t } = useTranslation(['filing', 'trade'])
  const [problem, setProblem] = useState<Problem | null>(null)
  return (
    <Page title={t('start.title')} crumbs={[{ label: t('trade:drafts.title'), to: '/drafts' }]} narrow>
      {problem &&
        (problem.status >= 500 || problem.status === 0 ? (
          <ProblemNote problem={problem} />
        ) : (
          <div role="alert">
            <IssueList issues={problem.issues} />
          </div>
        ))}
      <Anew onProblem={setProblem} />
      <h2>{t('start.other')}</h2>
      <div className={css.choices}>
        <Copy />
        <FromFile onProblem={setProblem} />
      </div>
    </Page>
  )
}

export default NewPage
