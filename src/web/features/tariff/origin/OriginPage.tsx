/** The origin assistant on a page of its own. */
import { useTranslation } from 'react-i18next'
import { Page } from '../../../ui/Page.tsx'
import { Assistant } from './Assistant.tsx'

const OriginPage = () => {
  const { t } = useTranslation('quota')
  return (
    <Page title={t('origin.title')} lead={t('origin.lead')}>
      <Assistant />
    </Page>
  )
}
export default OriginPage
