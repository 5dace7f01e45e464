/** One person: who, which roles when, which access, and what ends it. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { PersonView } from '#schema/identity'
import { get, problemOf } from '../../app/api.ts'
import { useCommand } from '../../app/use-command.ts'
import { formatInstant } from '../../i18n/format.ts'
import { StatusBadge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { KeyValue, Loading, Note, Row, Section, Stack } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { Id, Instant } from '../../ui/Values.tsx'
import { LinkOnce, type Link } from './LinkOnce.tsx'
import { useOffices } from './lookups.ts'
import { personTone } from './PeoplePage.tsx'
import { PersonRoles } from './PersonRoles.tsx'
import { ReasonDialog } from './ReasonDialog.tsx'

const PersonPage = () => {
  const { id = '' } = useParams()
  const { t } = useTranslation('people')
  const found = useQuery({ queryKey: ['person', id], queryFn: ({ signal }) => get<PersonView>(`/api/people/${id}`, {}, { signal }) })
  const [link, setLink] = useState<Link | null>(null)
  const problem = problemOf(found.error)
  const person = found.data
  return (
    <Page
      title={person?.name ?? t('person.about')}
      crumbs={[{ label: t('title'), to: '/people' }]}
      actions={person && person.status !== 'ended' && <Leaving person={person} onLink={setLink} />}
    >
      {found.isPending && <Loading />}
      {problem && <ProblemNote problem={problem} />}
      {person && (
        <Stack>
          {link && <LinkOnce link={link} name={person.name} onDone={() => setLink(null)} />}
          <About person={person} />
          <PersonRoles person={person} />
        </Stack>
      )}
    </Page>
  )
}
export default PersonPage

const About = ({ person }: { person: PersonView }) => {
  const { t, i18n } = useTranslation('people')
  const offices = useOffices()
  return (
    <Section title={t('person.about')} actions={<StatusBadge tone={personTone[person.status]}>{t(`status.${person.status}`)}</StatusBadge>}>
      <Stack>
        {person.endedAt && <Note>{t('person.ended', { time: formatInstant(person.endedAt, i18n.language) })}</Note>}
        <KeyValue
          items={[
            { label: t('column.email'), value: person.email },
            {
              label: t('column.organisation'),
              value: person.organisation ? `${person.organisation.name} · ${person.organisation.registration}` : '–',
            },
            {
              label: t('column.office'),
              value: person.homeOffice ? (offices.find(({ code }) => code === person.homeOffice)?.name ?? person.homeOffice) : '–',
            },
            { label: t('column.joined'), value: <Instant at={person.joinedAt} /> },
            { label: t('column.totp'), value: person.totp ? t('yes') : t('no') },
            { label: t('person.openSessions'), value: person.sessions },
            { label: t('person.apiKeys'), value: person.keys },
            ...(person.invitedUntil ? [{ label: t('person.invitedUntil'), value: <Instant at={person.invitedUntil} /> }] : []),
            { label: 'ID', value: <Id value={person.id} label="ID" /> },
          ]}
        />
      </Stack>
    </Section>
  )
}

/** A new link, or the end: both say what happens at once. */
const Leaving = ({ person, onLink }: { person: PersonView; onLink: (link: Link) => void }) => {
  const { t } = useTranslation('people')
  const [asking, setAsking] = useState<'reset' | 'end' | null>(null)
  const refresh = [
    ['person', person.id],
    ['list', '/api/people'],
  ]
  const reset = useCommand<{ reason: string }, Link>({ path: `/api/people/${person.id}/reset`, refresh, onDone: onLink })
  const end = useCommand<{ reason: string }>({ path: `/api/people/${person.id}/end`, refresh })
  const close = (): void => setAsking(null)
  return (
    <Row>
      <Button size="sm" onClick={() => setAsking('reset')}>
        {t('person.reset')}
      </Button>
      <Button size="sm" kind="danger" onClick={() => setAsking('end')}>
        {t('person.end')}
      </Button>
      {asking === 'reset' && (
        <ReasonDialog
          title={t('person.resetTitle')}
          text={t('person.resetText', { name: person.name })}
          confirm={t('person.reset')}
          onClose={close}
          run={(reason) => reset.run({ reason })}
        />
      )}
      {asking === 'end' && (
        <ReasonDialog
          danger
          title={t('person.endTitle', { name: person.name })}
          text={t('person.endText', {
            name: person.name,
            sessions: t('person.sessions', { count: person.sessions }),
            keys: t('person.keys', { count: person.keys }),
          })}
          confirm={t('person.end')}
          onClose={close}
          run={(reason) => end.run({ reason })}
        />
      )}
    </Row>
  )
}
