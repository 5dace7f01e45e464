/** Authorised operators: what waits for a second person first, then all others; each with what may be done with it and what was decided. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuthorisationRow } from '#schema/compliance'
import { get, problemIn } from '../../app/api.ts'
import { useLive } from '../../app/live.ts'
import { useCan } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Empty, Loading, Section, Stack } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { AuthorisationCard, type Asked } from './AuthorisationCard.tsx'
import { ProposeDialog } from './ProposeDialog.tsx'
import { CommandDialog } from './CommandDialog.tsx'

const AuthorisationsPage = () => {
  const { t } = useTranslation('compliance')
  const can = useCan()
  const [asked, setAsked] = useState<Asked | null>(null)
  const [proposing, setProposing] = useState(false)
  const found = useQuery({
    queryKey: ['compliance', 'authorisations'],
    queryFn: ({ signal }) => get<AuthorisationRow[]>('/api/compliance/authorisations', {}, { signal }),
  })
  useLive('authorisation', () => void found.refetch())
  const problem = found.error ? problemIn(found.error) : null
  const groups = [
    { title: t('waiting'), rows: found.data?.filter((a) => a.waiting) ?? [] },
    { title: t('all'), rows: found.data?.filter((a) => !a.waiting) ?? [] },
  ]
  return (
    <Page
      title={t('title')}
      actions={
        can('compliance:authorisation:propose') && (
          <Button icon="plus" onClick={() => setProposing(true)}>
            {t('propose')}
          </Button>
        )
      }
    >
      <Stack>
        {problem && <ProblemNote problem={problem} />}
        {!found.data && !problem && <Loading />}
        {found.data?.length === 0 && <Empty title={t('none')} text={t('noneText')} />}
        {groups
          .filter(({ rows }) => rows.length > 0)
          .map(({ title, rows }) => (
            <Section key={title} title={title} count={rows.length}>
              <Stack>
                {rows.map((a) => (
                  <AuthorisationCard key={a.id} authorisation={a} onAsk={setAsked} />
                ))}
              </Stack>
            </Section>
          ))}
      </Stack>
      {proposing && <ProposeDialog onClose={() => setProposing(false)} />}
      {asked && <CommandDialog asked={asked} onClose={() => setAsked(null)} />}
    </Page>
  )
}
export default AuthorisationsPage
