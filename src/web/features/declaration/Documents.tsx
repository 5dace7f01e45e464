// Every paper that was declared, of the whole and of each line.
import { useTranslation } from 'react-i18next'
import type { DeclarationDocument } from '#schema/clearance'
import { Empty, Section } from '../../ui/Layout.tsx'
import { Id } from '../../ui/Values.tsx'
import { useCodeName } from './codes.ts'
import css from './declaration.module.css'

type Paper = { key: string; level: number | null; code: string; id: string | undefined; status: string | undefined; name: string | undefined }

const papersOf = (
  document: DeclarationDocument,
  names: { document: (code: string) => string | undefined; previous: (code: string) => string | undefined },
): Paper[] => {
  const of = (level: number | null, from: Pick<DeclarationDocument, 'documents' | 'previousDocuments'>): Paper[] => [
    ...(from.documents ?? []).map((one, at) => {
      const code = `${one.category ?? ''}${one.type ?? ''}`
      return { key: `${level}d${at}`, level, code, id: one.id, status: one.status, name: one.name ?? names.document(code) }
    }),
    ...(from.previousDocuments ?? []).map((one, at) => ({
      key: `${level}p${at}`,
      level,
      code: [one.category, one.type].filter(Boolean).join(' '),
      id: one.id,
      status: undefined,
      name: names.previous(one.type ?? ''),
    })),
  ]
  return [...of(null, document), ...document.items.flatMap((item) => of(item.itemNumber, item))]
}

export const countPapers = (document: DeclarationDocument): number =>
  [document, ...document.items].reduce((sum, one) => sum + (one.documents?.length ?? 0) + (one.previousDocuments?.length ?? 0), 0)

export const Documents = ({ document }: { document: DeclarationDocument }) => {
  const { t } = useTranslation('declaration')
  const status = useCodeName('document-status')
  const papers = papersOf(document, { document: useCodeName('document'), previous: useCodeName('previous-document') })
  if (papers.length === 0) return <Empty title={t('noDocuments')} />
  return (
    <Section title={t('tab.documents')} count={papers.length} flush>
      <div className={css.scroll} role="group" aria-label={t('tab.documents')} tabIndex={0}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('column.document')}</th>
              <th scope="col">{t('column.number')}</th>
              <th scope="col">{t('column.status')}</th>
              <th scope="col">{t('column.level')}</th>
            </tr>
          </thead>
          <tbody>
            {papers.map((paper) => (
              <tr key={paper.key}>
                <th scope="row">
                  {paper.name} <span className="mono muted">{paper.code}</span>
                </th>
                <td>
                  <Id value={paper.id} plain />
                </td>
                <td>{paper.status && (status(paper.status) ?? paper.status)}</td>
                <td>{paper.level === null ? t('headerLevel') : t('line', { number: paper.level })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}
