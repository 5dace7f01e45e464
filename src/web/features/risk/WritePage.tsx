/** Writes a profile or its next version: the text, checked while it is typed, and what a hit does. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import type { CheckAnswer, ProfileDraft, ProfileVersion, Vocabulary } from '#schema/risk'
import { home } from '#schema/reference'
import { get, send } from '../../app/api.ts'
import { useCommand } from '../../app/use-command.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox, FieldRow, Select, TextArea, TextField } from '../../ui/fields.tsx'
import { Form, useForm } from '../../ui/form.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Loading, Section, Stack } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { toast } from '../../ui/toast.tsx'
import { ProfileText } from './ProfileText.tsx'
import type { ProfileView } from './view.ts'

const waitMs = 250
const controls = ['documentary', 'physical', 'both', 'none'] as const
const secrecies = ['internal', 'restricted', 'secret'] as const

const fresh: ProfileDraft = {
  code: '',
  administration: home,
  text: 'profile "" scope national lane yellow percent 100\nwhen \ninstruct ""',
  control: 'documentary',
  blocking: true,
  mandatory: false,
  secrecy: 'internal',
}

/** What the server says of a text, a moment after the last letter; an answer to an older text is dropped. */
const useCheck = (text: string): { check: CheckAnswer | undefined; checking: boolean } => {
  const [state, setState] = useState<{ of: string; check: CheckAnswer | undefined }>({ of: '', check: undefined })
  useEffect(() => {
    let current = true
    const timer = setTimeout(() => {
      void send<CheckAnswer>('POST', '/api/risk/profiles/check', { text }).then((reply) => {
        if (current && reply.ok) setState({ of: text, check: reply.value })
      })
    }, waitMs)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [text])
  return { check: state.check, checking: state.of !== text }
}

const draftOf = ({ code, content }: ProfileVersion): ProfileDraft => {
  const { administration, text, control, blocking, mandatory, secrecy, owner } = content
  return { code, administration, text, control, blocking, mandatory, secrecy, owner }
}

const Writing = ({ initial, next }: { initial: ProfileDraft; next: boolean }) => {
  const { t } = useTranslation('risk')
  const navigate = useNavigate()
  const form = useForm<ProfileDraft>({ initial })
  const { check, checking } = useCheck(form.value.text)
  const { data: vocabulary } = useQuery({
    queryKey: ['risk', 'vocabulary'],
    queryFn: ({ signal }) => get<Vocabulary>('/api/risk/vocabulary', {}, { signal }),
  })
  const keep = useCommand<ProfileDraft, ProfileVersion>({
    path: '/api/risk/profiles',
    refresh: [['list'], ['risk']],
    onDone: (done) => {
      toast(t('kept'), { tone: 'ok' })
      void navigate(`/risk/profiles/${done.code}`)
    },
  })
  const submit = async (draft: ProfileDraft): Promise<void> => {
    const reply = await keep.run(draft)
    if (!reply.ok) form.setServerIssues(reply.problem.issues)
  }
  return (
    <Form
      form={form}
      onSubmit={submit}
      actions={
        <Button kind="primary" type="submit" pending={keep.pending}>
          {t('keep')}
        </Button>
      }
    >
      <Stack>
        {keep.problem && keep.issues.length === 0 && <ProblemNote problem={keep.problem} />}
        <Section title={t('profile')}>
          <Stack>
            <TextField path="/code" label={t('code')} hint={t('codeHint')} maxLength={40} mono upper readOnly={next} width="m" autoFocus={!next} />
            <ProfileText
              value={form.value.text}
              onChange={(text) => form.set('/text', text)}
              check={check}
              checking={checking}
              vocabulary={vocabulary}
            />
          </Stack>
        </Section>
        <Section title={t('control')}>
          <Stack>
            <FieldRow>
              <Select
                path="/control"
                label={t('control')}
                options={controls.map((value) => ({ value, label: t(`controlKind.${value}`) }))}
                width="l"
              />
              <Select
                path="/secrecy"
                label={t('secrecy')}
                options={secrecies.map((value) => ({ value, label: t(`secrecyKind.${value}`) }))}
                width="l"
              />
            </FieldRow>
            <Checkbox label={t('blocking')} value={form.value.blocking} onChange={(on) => form.set('/blocking', on === true)} />
            <Checkbox label={t('mandatory')} value={form.value.mandatory} onChange={(on) => form.set('/mandatory', on === true)} />
            <TextArea path="/note" label={t('note')} rows={2} maxLength={2000} optional />
          </Stack>
        </Section>
      </Stack>
    </Form>
  )
}

const WritePage = () => {
  const { t } = useTranslation('risk')
  const [address] = useSearchParams()
  const from = address.get('from')
  const { data } = useQuery({
    queryKey: ['risk', 'profile', from],
    queryFn: ({ signal }) => get<ProfileView>(`/api/risk/profiles/${encodeURIComponent(from!)}`, {}, { signal }),
    enabled: from !== null,
  })
  const newest = data?.versions[0]?.version
  return (
    <Page
      title={from ? t('writingNext', { code: from }) : t('writing')}
      crumbs={[{ label: t('profiles'), to: '/risk/profiles' }, ...(from ? [{ label: from, to: `/risk/profiles/${from}` }] : [])]}
    >
      {from && !newest ? <Loading /> : <Writing initial={newest ? draftOf(newest) : fresh} next={from !== null} />}
    </Page>
  )
}
export default WritePage
