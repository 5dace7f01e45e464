// Nothing here, not for you, and something broke: each says what to do next, the last with the number to report.
import { useTranslation } from 'react-i18next'
import { useRouteError } from 'react-router'
import { Button } from '../ui/Button.tsx'
import { Empty } from '../ui/Layout.tsx'
import { Page } from '../ui/Page.tsx'
import { problemOf } from './api.ts'

export const NotFound = () => {
  const { t } = useTranslation()
  return (
    <Page title={t('notFound.title')}>
      <Empty title={t('notFound.title')} text={t('notFound.text')} action={<Button to="/">{t('notFound.home')}</Button>} />
    </Page>
  )
}

export const NotAllowed = () => {
  const { t } = useTranslation()
  return (
    <Page title={t('notAllowed.title')}>
      <Empty title={t('notAllowed.title')} text={t('notAllowed.text')} action={<Button to="/">{t('notFound.home')}</Button>} />
    </Page>
  )
}

/** A chunk of an older build is gone once a newer one is served: reading the page anew fetches the right ones. */
const isOldBuild = (fault: unknown): boolean => fault instanceof TypeError && /import|module script/i.test(fault.message)

export const PageFault = ({ whole = false }: { whole?: boolean }) => {
  const { t } = useTranslation()
  const fault = useRouteError()
  const problem = problemOf(fault)
  const text = isOldBuild(fault) ? t('fault.newVersion') : problem?.status === 0 ? t('fault.unreachable') : t('fault.text')
  const body = (
    <>
      <Empty
        title={t('fault.title')}
        text={text}
        action={
          <Button kind="primary" icon="refresh" onClick={() => window.location.reload()}>
            {t('fault.reload')}
          </Button>
        }
      />
      {problem?.correlationId && (
        <p className="muted" style={{ textAlign: 'center' }}>
          {t('problem.number')} <code className="mono">{problem.correlationId}</code>
        </p>
      )}
    </>
  )
  return whole ? <main>{body}</main> : <Page title={t('fault.title')}>{body}</Page>
}
