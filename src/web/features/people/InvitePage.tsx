/** Invites somebody; the link is shown once. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { Issue } from '#kernel/issue.ts'
import { languageNames, languages } from '../../i18n/index.ts'
import { useCommand } from '../../app/use-command.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { CodeField } from '../../ui/CodeField.tsx'
import { FieldRow, Select, TextField } from '../../ui/fields.tsx'
import { Form, useForm } from '../../ui/form.tsx'
import { Note, Section } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { useUnsavedGuard } from '../../ui/unsaved.tsx'
import { LinkOnce, type Link } from './LinkOnce.tsx'
import { organisationId, searchOrganisations, useOffices } from './lookups.ts'
import { RoleFields, type Granted } from './RoleFields.tsx'
import css from './people.module.css'

type Invitation = { name?: string; email?: string; organisation?: string; homeOffice?: string; language?: string; roles: Granted[] }

const empty: Invitation = { roles: [{}] }
const missing = (path: string): Issue => ({ code: 'form.required', severity: 'error', path })

const validate = ({ name, email, roles }: Invitation): Issue[] => [
  ...(name ? [] : [missing('/name')]),
  ...(email ? [] : [missing('/email')]),
  ...roles.flatMap(({ role }, at) => (role ? [] : [missing(`/roles/${at}/role`)])),
]

const InvitePage = () => {
  const { t } = useTranslation('people')
  const navigate = useNavigate()
  const form = useForm<Invitation>({ initial: empty, validate })
  const [link, setLink] = useState<Link | null>(null)
  const offices = useOffices()
  const invite = useCommand<Record<string, unknown>, Link & { id: string }>({ path: '/api/people', refresh: [['list', '/api/people']] })
  useUnsavedGuard(form.dirty && !link)
  const submit = async ({ organisation, ...rest }: Invitation) => {
    const of = organisation ? await organisationId(organisation) : null
    if (organisation && !of)
      return form.setServerIssues([{ code: 'form.code_unknown', severity: 'error', path: '/organisation', params: { value: organisation } }])
    const reply = await invite.run({ ...rest, ...(of && { organisationId: of }) })
    if (reply.ok) setLink(reply.value)
    return reply
  }
  return (
    <Page title={t('form.title')} crumbs={[{ label: t('title'), to: '/people' }]} narrow>
      {link ? (
        <LinkOnce link={link} name={form.value.name ?? ''} onDone={() => void navigate('/people')} />
      ) : (
        <Form
          form={form}
          onSubmit={submit}
          actions={
            <Button kind="primary" type="submit" pending={invite.pending}>
              {t('form.send')}
            </Button>
          }
        >
          <Note>{t('form.text')}</Note>
          <FieldRow>
            <TextField path="/name" label={t('form.name')} width="l" maxLength={120} />
            <TextField path="/email" label={t('form.email')} width="l" type="email" maxLength={200} />
          </FieldRow>
          <FieldRow>
            <CodeField path="/organisation" label={t('form.organisation')} hint={t('form.organisationHint')} source={searchOrganisations} optional />
            <CodeField path="/homeOffice" label={t('form.homeOffice')} source={offices} optional />
            <Select
              path="/language"
              label={t('form.language')}
              options={languages.map((value) => ({ value, label: languageNames[value] }))}
              optional
            />
          </FieldRow>
          <Section
            title={t('form.roles')}
            actions={
              <Button size="sm" icon="plus" onClick={() => form.set('/roles', [...form.value.roles, {}])}>
                {t('form.addRole')}
              </Button>
            }
          >
            {form.value.roles.map((granted, at) => (
              // A role of a form that is not sent yet has no name of its own.
              <div key={at} className={css.grantRow}>
                <RoleFields path={`/roles/${at}`} value={granted} />
                {form.value.roles.length > 1 && (
                  <IconButton
                    icon="trash"
                    size="sm"
                    label={t('form.removeRole', { number: at + 1 })}
                    onClick={() =>
                      form.set(
                        '/roles',
                        form.value.roles.filter((_, n) => n !== at),
                      )
                    }
                  />
                )}
              </div>
            ))}
          </Section>
        </Form>
      )}
    </Page>
  )
}
export default InvitePage
