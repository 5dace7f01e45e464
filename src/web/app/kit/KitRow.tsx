// A row of the kit's table, opened: shows how a case knows its place in the list it was opened from.
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { Button } from '../../ui/Button.tsx'
import { Row, Stack } from '../../ui/Layout.tsx'
import { useListPlace } from '../../ui/table/list-memory.ts'
import css from './kit.module.css'

export const KitRow = () => {
  const { t } = useTranslation(['kit', 'common'])
  const { mrn = '' } = useParams()
  const { next, position, total, back } = useListPlace('kit', mrn)
  return (
    <main className={css.kit}>
      <Stack>
        <h1 className="mono">{mrn}</h1>
        <p>{t('place', { position, total })}</p>
        <Row>
          <Button to={back ?? '/kit'}>{t('common:back')}</Button>
          {next && (
            <Button kind="primary" to={next}>
              {t('next')}
            </Button>
          )}
        </Row>
      </Stack>
    </main>
  )
}
