/** The roles of a person: held now, coming and past; giving and taking away. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Issue } from '#kernel/issue.ts'
import type { PersonView, RoleAssignment } from '#schema/identity'
import { useCommand } from '../../app/use-command.ts'
import { formatDate } from '../../i18n/format.ts'
import { Button } from '../../ui/Button.tsx'
import { Form, useForm } from '../../ui/form.tsx'
import { Section, Stack } from '../../ui/Layout.tsx'
import { useOffices } from './lookups.ts'
import { ReasonDialog } from './ReasonDialog.tsx'
import { RoleFields, type Granted } from './RoleFields.tsx'
import css from './people.module.css'

const today = (): string => new Date().toISOString().slice(0, 10)
const isHeld = (role: RoleAssignment, date: string): boolean => role.validFrom <= date && (role.validTo === null || role.validTo > date)

export const PersonRoles = ({ person }: { person: PersonView }) => {
  const { t } = useTranslation('people')
  const [giving, setGiving] = useState(false)
  const date = today()
  const held = person.roles.filter((role) => isHeld(role, date))
  const others = person.roles.filter((role) => !isHeld(role, date))
  return (
    <Stack>
      <Section
        title={t('person.roles')}
        count={held.length}
        actions={
          person.status !== 'ended' &&
          !giving && (
            <Button size="sm" icon="plus" onClick={() => setGiving(true)}>
              {t('person.give')}
            </Button>
          )
        }
      >
        <Stack>
          {giving && <Give person={person} onClose={() => setGiving(false)} />}
          {held.length === 0 && <p className="muted">{t('person.noRoles')}</p>}
          <ul className={css.roles}>
            {held.map((role) => (
              <Assigned key={role.id} person={person} role={role} held />
            ))}
          </ul>
        </Stack>
      </Section>
      {others.length > 0 && (
        <Section title={t('person.past')} count={others.length} collapsible initiallyClosed>
          <ul className={css.roles}>
            {others.map((role) => (
              <Assigned key={role.id} person={person} role={role} held={role.validFrom > date} />
            ))}
          </ul>
        </Section>
      )}
    </Stack>
  )
}

const Assigned = ({ person, role, held }: { person: PersonView; role: RoleAssignment; held: boolean }) => {
  const { t, i18n } = useTranslation(['people', 'common'])
  const offices = useOffices()
  const [asking, setAsking] = useState(false)
  const end = useCommand<{ reason: string }>({
    path: `/api/people/${person.id}/roles/${role.id}/end`,
    refresh: [
      ['person', person.id],
      ['list', '/api/people'],
    ],
  })
  const date = (legal: string): string => formatDate(legal, i18n.language)
  const name = t(`common:role.${role.role}`)
  return (
    <li className={css.role}>
      <strong>{name}</strong>
      <span>{role.office ? (offices.find(({ code }) => code === role.office)?.name ?? role.office) : ''}</span>
      <span className="muted">
        {role.validTo
          ? t('people:person.range', { from: date(role.validFrom), to: date(role.validTo) })
          : t('people:person.since', { from: date(role.validFrom) })}
      </span>
      {held && person.status !== 'ended' && (
        <Button size="sm" kind="quiet" onClick={() => setAsking(true)}>
          {t('people:person.take')}
        </Button>
      )}
      {asking && (
        <ReasonDialog
          danger
          title={t('people:person.takeTitle')}
          text={t('people:person.takeText', { name: person.name, role: name })}
          confirm={t('people:person.take')}
          onClose={() => setAsking(false)}
          run={(reason) => end.run({ reason })}
        />
      )}
    </li>
  )
}

type Giving = { grant: Granted }
const nothing: Giving = { grant: {} }
const validate = ({ grant }: Giving): Issue[] => (grant.role ? [] : [{ code: 'form.required', severity: 'error', path: '/grant/role' }])

const Give = ({ person, onClose }: { person: PersonView; onClose: () => void }) => {
  const { t } = useTranslation(['people', 'common'])
  const form = useForm<Giving>({ initial: nothing, validate })
  const give = useCommand<Granted>({
    path: `/api/people/${person.id}/roles`,
    refresh: [
      ['person', person.id],
      ['list', '/api/people'],
    ],
    onDone: onClose,
  })
  return (
    <Form
      form={form}
      onSubmit={({ grant }) => give.run(grant)}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" type="submit" pending={give.pending}>
            {t('people:person.give')}
          </Button>
        </>
      }
    >
      <RoleFields path="/grant" value={form.value.grant} />
    </Form>
  )
}
