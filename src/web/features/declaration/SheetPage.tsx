/** A declaration on paper: A4 or Letter, black on white, the MRN as a barcode (Code 128, ISO/IEC 15417). */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { Button } from '../../ui/Button.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Loading } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { Instant } from '../../ui/Values.tsx'
import { Documents } from './Documents.tsx'
import { Duty } from './Duty.tsx'
import { Goods } from './Goods.tsx'
import { Overview } from './Overview.tsx'
import { problemIn, useCase } from './use-case.ts'
import { Standing } from './words.tsx'
import css from './sheet.module.css'

/** The picture of a number as a data address; the library comes only with the first barcode. */
export const useBarcode = (text: string): string | undefined =>
  useQuery({
    queryKey: ['barcode', text],
    queryFn: async () => {
      const { toSVG } = await import('bwip-js/browser')
      return `data:image/svg+xml;utf8,${encodeURIComponent(toSVG({ bcid: 'code128', text, height: 12, includetext: true, textxalign: 'center' }))}`
    },
    staleTime: Infinity,
    enabled: text !== '',
  }).data

const SheetPage = () => {
  const { mrn = '' } = useParams()
  const { t } = useTranslation('declaration')
  const found = useCase(mrn)
  const barcode = useBarcode(mrn)
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
            {barcode && <img className={css.barcode} src={barcode} alt={t('sheet.barcode', { mrn })} />}
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
