// Papers: of the whole declaration and of each line.
import { useTranslation } from 'react-i18next'
import { CodeField } from '../../../ui/CodeField.tsx'
import { TextField } from '../../../ui/fields.tsx'
import { Stack } from '../../../ui/Layout.tsx'
import { useCodes } from '../../declaration/codes.ts'
import { ListCode, Rows, useDocument } from './parts.tsx'
import type { StepProps } from './Steps.tsx'

/** DE 2/3 writes category and type as one code: C505 = C, 505. */
const DocumentCode = ({ path }: { path: string }) => {
  const { t } = useTranslation('filing')
  const { value, set } = useDocument<{ category?: string; type?: string }>(path)
  return (
    <CodeField
      path={`${path}/type`}
      label={t('field.document')}
      code="DE 2/3"
      maxLength={7}
      source={useCodes('document')}
      value={`${value?.category ?? ''}${value?.type ?? ''}`}
      onChange={(code) => set({ ...value, category: code?.slice(0, 1) || undefined, type: code?.slice(1) || undefined })}
    />
  )
}

export const Papers = ({ at }: { /** '' = the whole declaration, else the line's path */ at: string }) => {
  const { t } = useTranslation('filing')
  return (
    <>
      <Rows
        path={`${at}/documents`}
        title={t('section.documents')}
        hint={at === '' ? t('why.documents') : undefined}
        row={(path) => (
          <>
            <DocumentCode path={path} />
            <TextField path={`${path}/id`} label={t('field.documentId')} mono maxLength={70} />
            <ListCode list="document-status" path={`${path}/status`} label={t('field.documentStatus')} width="s" maxLength={3} />
          </>
        )}
      />
      <Rows
        path={`${at}/previousDocuments`}
        title={t('section.previous')}
        hint={at === '' ? t('why.previous') : undefined}
        begin={() => ({ category: 'Z' })}
        row={(path) => (
          <>
            <TextField path={`${path}/category`} label={t('field.previousCategory')} width="xs" mono upper maxLength={1} code="DE 2/1" />
            <ListCode list="previous-document" path={`${path}/type`} label={t('field.previousType')} maxLength={6} />
            <TextField path={`${path}/id`} label={t('field.previousId')} mono maxLength={70} />
          </>
        )}
      />
    </>
  )
}

export const DocumentsStep = ({ document }: StepProps) => {
  const { t } = useTranslation(['filing', 'declaration'])
  return (
    <Stack>
      <h2>{t('section.headerDocuments')}</h2>
      <Papers at="" />
      {document.items.length > 0 && <h2>{t('section.lineDocuments')}</h2>}
      {document.items.map((item, at) => (
        <details key={at} open={document.items.length <= 3}>
          <summary>
            {t('declaration:line', { number: at + 1 })} {item.description}
          </summary>
          <Papers at={`/items/${at}`} />
        </details>
      ))}
    </Stack>
  )
}
