/** The whole life of a declaration, across all who had a part in it; latest first, or as a story from the beginning (`order=story` in the address). */
import { problemIn } from '../../app/api.ts'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { Button } from '../../ui/Button.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Loading, Section } from '../../ui/Layout.tsx'
import { Timeline, type TimelineItem } from '../../ui/Timeline.tsx'
import { useStory } from './story.ts'
import { useTimeline } from './use-case.ts'

/** Where the story of a consignment begins to be told. */
export const storyOf = (mrn: string): string => `/declarations/${mrn}?tab=timeline&order=story`

export const CaseTimeline = ({ mrn }: { mrn: string }) => {
  const { t } = useTranslation(['story', 'declaration'])
  const [search, setSearch] = useSearchParams()
  const tell = useStory()
  const told = useTimeline(mrn)
  const fromStart = search.get('order') === 'story'
  if (told.error) return <ProblemNote problem={problemIn(told.error)} onRetry={() => void told.refetch()} />
  if (!told.data) return <Loading />
  const turn = (): void =>
    setSearch(
      (now) => {
        if (fromStart) now.delete('order')
        else now.set('order', 'story')
        return now
      },
      { replace: true, preventScrollReset: true },
    )
  // Turned around here, because entries of one instant keep their order in what comes next.
  const entries = (fromStart ? told.data : told.data.toReversed()).map((entry, at): TimelineItem => {
    const { details, ...rest } = tell(entry)
    return { id: `${at}`, at: entry.at, ...rest, ...(details.length > 0 && { detail: details.map((line, n) => <p key={n}>{line}</p>) }) }
  })
  return (
    <Section
      title={t('declaration:tab.timeline')}
      count={entries.length}
      actions={
        <Button size="sm" kind="quiet" onClick={turn}>
          {fromStart ? t('story:newestFirst') : t('story:oldestFirst')}
        </Button>
      }
    >
      <Timeline entries={entries} oldestFirst={fromStart} />
    </Section>
  )
}
