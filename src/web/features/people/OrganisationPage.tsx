/** One entry of the register: change it, suspend, resume, end. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { Organisation } from '#schema/identity'
import { get, problemOf } from '../../app/api.ts'
import { useCommand } from '../../app/use-command.ts'
import { StatusBadge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Form, useForm } from '../../ui/form.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { KeyValue, Loading, Row, Section, Stack } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { toast } from '../../ui/toast.tsx'
import { useUnsavedGuard } from '../../ui/unsaved.tsx'
import { Id, Instant } from '../../ui/Values.tsx'
import { Standing as Holds } from '../compliance/Standing.tsx'
import { missingFields, OrganisationFields, type Fields } from './OrganisationFields.tsx'
import { organisationTone } from './OrganisationsPage.tsx'
import { ReasonDialog } from './ReasonDialog.tsx'

const OrganisationPage = () => {
  const { id = '' } = useParams()
  const { t } = useTranslation('people')
  const found = useQuery({ queryKey: ['organisation', id], queryFn: ({ signal }) => get<Organisation>(`/api/organisations/${id}`, {}, { signal }) })
  const problem = problemOf(found.error)
  return (
    <Page
      title={found.data?.name ?? t('organisations.about')}
      crumbs={[{ label: t('organisations.title'), to: '/organisations' }]}
      actions={found.data && found.data.status !== 'ended' && <Standing organisation={found.data} />}
    >
      {found.isPending && <Loading />}
      {problem && <ProblemNote problem={problem} />}
      {found.data && <Entry key={found.data.id} organisation={found.data} />}
    </Page>
  )
}
export default OrganisationPage

const Entry = ({ organisation }: { organisation: Organisation }) => {
  const { t } = useTranslation(['people', 'compliance'])
  const { name, kinds, street, city, postcode, email } = organisation
  const form = useForm<Fields>({ initial: { name, kinds, street, city, postcode, email }, validate: missingFields })
  const save = useCommand<Fields, Organisation>({
    method: 'PUT',
    path: `/api/organisations/${organisation.id}`,
    refresh: [
      ['organisation', organisation.id],
      ['list', '/api/organisations'],
    ],
  })
  useUnsavedGuard(form.dirty)
  // An empty field of the form is an empty text of the register.
  const submit = async (fields: Fields) => {
    const reply = await save.run({ street: '', city: '', postcode: '', email: '', ...fields })
    if (reply.ok) {
      form.reset(fields)
      toast(t('person.saved'), { tone: 'ok' })
    }
    return reply
  }
  return (
    <Stack>
      <Section
        title={t('organisations.about')}
        actions={<StatusBadge tone={organisationTone[organisation.status]}>{t(`organisationStatus.${organisation.status}`)}</StatusBadge>}
      >
        <Stack>
          <KeyValue
            items={[
              { label: t('organisations.number'), value: <Id value={organisation.registration} label={t('organisations.number')} /> },
              { label: t('organisations.country'), value: organisation.country },
              { label: t('organisations.registered'), value: <Instant at={organisation.registeredAt} /> },
              { label: t('compliance:standing'), value: <Holds holder={organisation.registration} /> },
            ]}
          />
          {organisation.status !== 'ended' && (
            <Form
              form={form}
              onSubmit={submit}
              actions={
                <Button kind="primary" type="submit" disabled={!form.dirty} pending={save.pending}>
                  {t('organisations.save')}
                </Button>
              }
            >
              <OrganisationFields value={form.value} />
            </Form>
          )}
        </Stack>
      </Section>
    </Stack>
  )
}

type Verb = 'suspend' | 'resume' | 'end'

const Standing = ({ organisation }: { organisation: Organisation }) => {
  const { t } = useTranslation('people')
  const [asking, setAsking] = useState<Verb | null>(null)
  const change = useCommand<{ verb: Verb; reason: string }, Organisation>({
    path: ({ verb }) => `/api/organisations/${organisation.id}/${verb}`,
    body: ({ reason }) => ({ reason }),
    refresh: [
      ['organisation', organisation.id],
      ['list', '/api/organisations'],
    ],
  })
  const verbs: readonly Verb[] = organisation.status === 'suspended' ? ['resume', 'end'] : ['suspend', 'end']
  return (
    <Row>
      {verbs.map((verb) => (
        <Button key={verb} size="sm" kind={verb === 'end' ? 'danger' : 'secondary'} onClick={() => setAsking(verb)}>
          {t(`organisations.${verb}`)}
        </Button>
      ))}
      {asking && (
        <ReasonDialog
          danger={asking !== 'resume'}
          title={`${t(`organisations.${asking}`)}: ${organisation.name}`}
          text={t(`organisations.${asking}Text`, { name: organisation.name })}
          confirm={t(`organisations.${asking}`)}
          onClose={() => setAsking(null)}
          run={(reason) => change.run({ verb: asking, reason })}
        />
      )}
    </Row>
  )
}
