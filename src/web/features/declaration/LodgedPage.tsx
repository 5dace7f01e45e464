/** Just lodged: the number, how it stands, what happens now. */
import { problemIn } from '../../app/api.ts'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { Button } from '../../ui/Button.tsx'
import { IssueList, ProblemNote } from '../../ui/IssueList.tsx'
import { Loading, Note, Row, Section, Stack } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { Id } from '../../ui/Values.tsx'
import { useCopy } from './CaseActions.tsx'
import { useElementLabel } from './elements.ts'
import { useCase } from './use-case.ts'
import { Standing, useSentence } from './words.tsx'
import css from './declaration.module.css'

const LodgedPage = () => {
  const { mrn = '' } = useParams()
  const { t } = useTranslation('declaration')
  const found = useCase(mrn)
  const sentence = useSentence()
  const label = useElementLabel()
  const { copy, pending } = useCopy()
  const view = found.data
  const isRejected = view?.status === 'rejected'
  return (
    <Page title={isRejected ? t('lodgedPage.rejectedTitle') : t('lodgedPage.title')} crumbs={[{ label: t('title'), to: '/declarations' }]} narrow>
      {found.error && <ProblemNote problem={problemIn(found.error)} onRetry={() => void found.refetch()} />}
      {!view && !found.error && <Loading />}
      {view && (
        <Stack>
          <div className={css.result}>
            <div>
              <p className="muted">{t('lodgedPage.mrn')}</p>
              <p className={css.big}>
                <Id value={mrn} label="MRN" />
              </p>
              <Standing status={view.status} />
            </div>
          </div>
          <Section title={t('lodgedPage.nextTitle')}>
            <Stack>
              <Note tone={isRejected ? 'danger' : 'info'} live>
                {sentence(view)}
              </Note>
              {isRejected ? (
                <IssueList issues={view.state.issues} labelOf={label} />
              ) : (
                <p>
                  {t('lodgedPage.inbox')} {t('lodgedPage.keep')}
                </p>
              )}
            </Stack>
          </Section>
          <Row>
            <Button kind="primary" to={`/declarations/${mrn}`}>
              {t('lodgedPage.toCase')}
            </Button>
            {isRejected && (
              <Button pending={pending} onClick={() => void copy(mrn)}>
                {t('lodgedPage.again')}
              </Button>
            )}
            <Button to="/drafts/new">{t('lodgedPage.another')}</Button>
            <Button icon="print" to={`/declarations/${mrn}/sheet`}>
              {t('action.print')}
            </Button>
          </Row>
        </Stack>
      )}
    </Page>
  )
}

export default LodgedPage
