/** A declaration on paper: A4 or Letter, black on white, the MRN as a barcode. */
import { problemIn } from '../../app/api.ts'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { Button } from '../../ui/Button.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Loading } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { Instant } from '../../ui/Values.tsx'
import { Barcode } from './Barcode.tsx'
import { Documents } from './Documents.tsx'
import { Duty } from './Duty.tsx'
import { Goods } from './Goods.tsx'
import { Overview } from './Overview.tsx'
import { useCase } from './use-case.ts'
import { Standing } from './words.tsx'
import css from './sheet.module.css'

const SheetPage = () => {
  const { mrn = '' } = useParams()
  const { t } = useTranslation('declaration')
  const found = useCase(mrn)
  const view = found.data
  return (
    <Page
      title={t('action.sheet')}
      crumbs={[
        { label: t('title'), to: '/declarations' },
        { label: mrn, to: `/declarations/${mrn}` },
      ]}
      actions={
        <>
          <Button to={`/declarations/${mrn}`}>{t('sheet.back')}</Button>
          <Button kind="primary" icon="print" onClick={() => window.print()}>
            {t('sheet.print')}
          </Button>
        </>
      }
    >
      {found.error && <ProblemNote problem={problemIn(found.error)} />}
      {!view && !found.error && <Loading />}
      {view && (
        <article className={css.sheet}>
          <header className={css.head}>
            <div>
              <h2 className={css.title}>{t('sheet.declared')}</h2>
              <p>
                {t(`regime.${view.state.regime}`)} · {view.officeName} · {t('summary.version')} {view.state.version}
              </p>
              <p>
                {t('summary.lrn')} <span className="mono">{view.state.lrn}</span>
              </p>
              <p className={css.standing}>
                {t('sheet.signature')}: <Standing status={view.status} />
              </p>
            </div>
            <Barcode text={mrn} label={t('sheet.barcode', { mrn })} />
          </header>
          <Overview view={view} />
          <Goods items={view.state.document.items} />
          <Documents document={view.state.document} />
          <Duty assessment={view.state.assessment} />
          <footer className={css.foot}>
            {t('sheet.printedAt')} <Instant at={new Date().toISOString()} form="full" /> · {t('sheet.page')}
          </footer>
        </article>
      )}
    </Page>
  )
}

export default SheetPage
