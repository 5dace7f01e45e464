/** The evidence of a case: notes and files as they were added, and the signed file of everything that was recorded of the trip. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EvidenceIssued, Incident } from '#schema/supervision'
import { useCan } from '../../app/session.ts'
import { useCommand } from '../../app/use-command.ts'
import { Button } from '../../ui/Button.tsx'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { TextArea } from '../../ui/fields.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Section, Stack } from '../../ui/Layout.tsx'
import { toast } from '../../ui/toast.tsx'
import { Instant } from '../../ui/Values.tsx'
import { tripsPath } from './facts.ts'
import { incidentKey, incidentsPath } from './incidents.ts'
import css from './supervision.module.css'

const kinds = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf']
const maxBytes = 8 * 2 ** 20

/** The bytes of a file as base64, in pieces that an argument list can hold. */
const base64 = async (file: File): Promise<string> => {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let text = ''
  for (let at = 0; at < bytes.length; at += 32_768) text += String.fromCharCode(...bytes.subarray(at, at + 32_768))
  return btoa(text)
}

type Added = { text: string; name?: string; mediaType?: string; content?: string }

const Adding = ({ incident }: { incident: Incident }) => {
  const { t } = useTranslation('incident')
  const [text, setText] = useState('')
  const add = useCommand<Added, Incident>({
    path: ({ content }) => `${incidentsPath}/${incident.id}/${content === undefined ? 'notes' : 'files'}`,
    refresh: [incidentKey(incident.id)],
    onDone: () => {
      setText('')
      toast(t('evidence.added'), { tone: 'ok' })
    },
  })
  const addFile = async (file: File | undefined): Promise<void> => {
    if (file) await add.run({ text: text.trim(), name: file.name, mediaType: file.type, content: await base64(file) })
  }
  return (
    <Stack>
      <TextArea label={t('evidence.note')} rows={2} maxLength={4000} value={text} onChange={(next) => setText(next ?? '')} />
      <div>
        <Button pending={add.pending} disabled={text.trim() === ''} onClick={() => void add.run({ text: text.trim() })}>
          {t('evidence.addNote')}
        </Button>
      </div>
      <FileDrop
        label={t('evidence.addFile')}
        hint={t('evidence.fileHint')}
        accept={kinds}
        maxBytes={maxBytes}
        pending={add.pending}
        onFiles={(files) => void addFile(files[0])}
      />
      {add.problem && <ProblemNote problem={add.problem} />}
    </Stack>
  )
}

/** What is shown as a picture; anything else is a file to be fetched. */
const isPicture = (mediaType: string): boolean => mediaType.startsWith('image/')

export const CaseEvidence = ({ incident }: { incident: Incident }) => {
  const { t } = useTranslation('incident')
  const may = useCan()('supervision:incident:work')
  return (
    <Section title={t('evidence.title')} count={incident.evidence.length}>
      <Stack>
        {incident.evidence.length === 0 && <p className="muted">{t('evidence.none')}</p>}
        <ul className={css.alarms}>
          {incident.evidence.map(({ id, at, by, text, file }) => {
            const address = file && `${incidentsPath}/${incident.id}/files/${file.sha256}`
            return (
              <li key={id} className={css.alarm}>
                <Instant at={at} />
                <bdi className="muted">{by.name}</bdi>
                {text && <bdi>{text}</bdi>}
                {file && address && (
                  <a href={address} target="_blank" rel="noreferrer" className={css.proof}>
                    {isPicture(file.mediaType) && <img src={address} alt="" loading="lazy" />}
                    <bdi>{file.name}</bdi>
                  </a>
                )}
              </li>
            )
          })}
        </ul>
        {may && <Adding incident={incident} />}
      </Stack>
    </Section>
  )
}

export const SignedEvidence = ({ tripId }: { tripId: string }) => {
  const { t } = useTranslation('incident')
  const may = useCan()('supervision:incident:work')
  const [issued, setIssued] = useState<EvidenceIssued | null>(null)
  const issue = useCommand<void, EvidenceIssued>({ path: `${tripsPath}/${tripId}/evidence`, body: () => ({}), onDone: setIssued })
  if (!may) return null
  return (
    <Section title={t('evidence.signed')}>
      <Stack>
        <p>{t('evidence.signedText')}</p>
        <div>
          {issued ? (
            <a href={`${tripsPath}/${tripId}/evidence/${issued.sha256}`} download>
              {t('evidence.download', { hash: issued.sha256.slice(0, 12) })}
            </a>
          ) : (
            <Button pending={issue.pending} onClick={() => void issue.run()}>
              {t('evidence.issue')}
            </Button>
          )}
        </div>
        {issue.problem && <ProblemNote problem={issue.problem} />}
      </Stack>
    </Section>
  )
}
